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
import io.penstock.system.stage.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** F3: carriers break, or vanish without a word, while everything is in use; no caller notices. */
@Timeout(value = 240, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CarrierCutIT {
    private static final long LARGE = 256L << 20;
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
        List<Future<String>> hashes = List.of(threads.submit(transfer::up), threads.submit(transfer::down));

        int carriers = STAGE.network().cut(CUTS, Duration.ofMillis(150));

        for (Future<String> hash : hashes) {
            assertThat(hash.get()).isEqualTo(BytePattern.sha256(LARGE));
        }
        assertThat(carriers).isGreaterThanOrEqualTo(CUTS);
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
            Future<Tool.Outcome> outcome = threads.submit(wrk());

            STAGE.network().cut(CUTS, Duration.ofMillis(400));

            String output = outcome.get().output();
            assertThat(outcome.get().exitCode()).as(output).isZero();
            assertThat(outcome.get().number("(\\d+) requests in")).as(output).isPositive();
            assertThat(output).doesNotContain("Socket errors", "Non-2xx");
            assertThat(toNginx.state()).isEqualTo("ACTIVE");
        }
        requireThatCarriersWereReplaced();
    }

    @Test
    void losesNoByteWhenTheNetworkSwallowsEverything() throws IOException {
        try (RawCaller caller = RawCaller.dial(STAGE.door())) {
            caller.say("GET /bytes/" + LARGE + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(caller.in().readNBytes(ENOUGH)).hasSize(ENOUGH);

            assertThat(STAGE.network().vanish()).isPositive();

            RawCaller.Received rest = caller.readToEnd();
            assertThat(rest.ending()).isEqualTo(RawCaller.Ending.CLEAN);
            assertThat(rest.bytes()).isGreaterThanOrEqualTo(LARGE - ENOUGH);
        }
        requireThatCarriersWereReplaced();
    }

    private Diversion divertAnew(Nginx nginx) throws IOException {
        diversion.close();
        return STAGE.divert(nginx.address());
    }

    private static Callable<Tool.Outcome> wrk() throws IOException {
        List<String> command = List.of(
                Program.WRK.path(),
                "-t",
                "1",
                "-c",
                "100",
                "-d",
                "10s",
                "--timeout",
                "60s",
                "http://127.0.0.1:" + STAGE.door().getPort() + "/small");
        return () -> Tool.in(STAGE.home(), Duration.ofMinutes(2)).run(command);
    }

    private static void requireThatCarriersWereReplaced() throws IOException {
        assertThat(Scrape.of(STAGE.stack().agent()).sum("penstock_link_without_carrier_seconds_count"))
                .as("times that a link of the agent went on, on another carrier")
                .isPositive();
    }
}
