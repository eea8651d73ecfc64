package io.penstock.system.fault;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.load.BytePattern;
import io.penstock.bench.peers.Nginx;
import io.penstock.bench.peers.Program;
import io.penstock.system.bytes.Transfer;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.NeedsPeers;
import io.penstock.system.stage.RawCaller;
import io.penstock.system.stage.Scrape;
import io.penstock.system.stage.Stage;
import io.penstock.system.stage.Wrk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * F3: carriers break, or vanish without a word, while everything is in use; no caller notices. Bodies are B1's: 1 GiB up and down at
 * once, and 13 uploads of 20 MiB. What the network swallows is 64 MiB: its 15 s of silence are what takes time.
 */
@Timeout(value = 240, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CarrierCutIT {
    private static final long LARGE = 1L << 30;
    private static final long MEDIUM = 64L << 20;
    private static final long UPLOAD = 20L << 20;
    private static final int ENOUGH = 1 << 20;
    private static final int CUTS = 20;

    @RegisterExtension
    static final Stage STAGE = Stage.relayedOverFaultyNetwork();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Diversion diversion;

    @BeforeEach
    void intercept() throws IOException {
        diversion = STAGE.divert(STAGE.laptop());
    }

    @AfterEach
    void leave() throws IOException {
        threads.shutdownNow();
        STAGE.requireNoStreams();
        diversion.close();
    }

    @Test
    void losesNoByteOfBodiesInBothDirections() throws Exception {
        Transfer transfer = new Transfer(STAGE.door(), LARGE);

        requireThatCutsAlterNothing(
                Duration.ofMillis(350),
                () -> List.of(threads.submit(transfer::up), threads.submit(transfer::down)),
                BytePattern.sha256(LARGE));
    }

    @Test
    void losesNoByteOfThirteenUploads() throws Exception {
        Transfer transfer = new Transfer(STAGE.door(), UPLOAD);

        requireThatCutsAlterNothing(
                Duration.ofMillis(150),
                () -> Stream.generate(() -> threads.submit(transfer::up))
                        .limit(13)
                        .toList(),
                BytePattern.sha256(UPLOAD));
    }

    /** Moves the bodies until the cuts have been made, each while some of them were under way. */
    private void requireThatCutsAlterNothing(Duration pace, Supplier<List<Future<String>>> bodies, String expected)
            throws Exception {
        int cuts = 0;
        while (cuts < CUTS) {
            List<Future<String>> hashes = bodies.get();
            while (cuts < CUTS && !hashes.stream().allMatch(Future::isDone)) {
                cuts += STAGE.network().cut(1, pace) > 0 ? 1 : 0;
            }
            for (Future<String> hash : hashes) {
                assertThat(hash.get()).isEqualTo(expected);
            }
        }
        assertThat(diversion.state()).isEqualTo("ACTIVE");
        requireThatCarriersWereReplaced();
    }

    @Test
    @NeedsPeers({Program.WRK, Program.NGINX})
    void losesNoRequestOfWrk() throws Exception {
        Path directory = Files.createDirectories(STAGE.home().resolve("nginx"));
        Files.writeString(Files.createDirectories(directory.resolve("html")).resolve("small"), "small");
        try (Nginx nginx = Nginx.start(directory, STAGE.ports().next());
                Diversion toNginx = divertAnew(nginx)) {
            Future<Wrk.Outcome> outcome = threads.submit(Wrk.at(STAGE, "/small", 100, Duration.ofSeconds(10)));

            STAGE.network().cut(CUTS, Duration.ofMillis(400));

            outcome.get().requireThatNothingFailed();
            assertThat(toNginx.state()).isEqualTo("ACTIVE");
        }
        requireThatCarriersWereReplaced();
    }

    @Test
    void losesNoByteWhenTheNetworkSwallowsEverything() throws IOException {
        try (RawCaller caller = RawCaller.dial(STAGE.door())) {
            caller.say("GET /bytes/" + MEDIUM + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(caller.in().readNBytes(ENOUGH)).hasSize(ENOUGH);

            assertThat(STAGE.network().vanish()).isPositive();

            RawCaller.Received rest = caller.readToEnd();
            assertThat(rest.ending()).isEqualTo(RawCaller.Ending.CLEAN);
            assertThat(rest.bytes()).isGreaterThanOrEqualTo(MEDIUM - ENOUGH);
        }
        requireThatCarriersWereReplaced();
    }

    private Diversion divertAnew(Nginx nginx) throws IOException {
        diversion.close();
        return STAGE.divert(nginx.address());
    }

    private static void requireThatCarriersWereReplaced() throws IOException {
        assertThat(Scrape.of(STAGE.stack().agent()).sum("penstock_link_without_carrier_seconds_count"))
                .as("times that a link of the agent went on, on another carrier")
                .isPositive();
    }
}
