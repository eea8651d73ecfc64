package io.penstock.system.fault;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.config.Stopwatch;
import io.penstock.bench.load.BytePattern;
import io.penstock.bench.peers.Program;
import io.penstock.system.bytes.Transfer;
import io.penstock.system.stage.Call;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.NeedsPeers;
import io.penstock.system.stage.Scrape;
import io.penstock.system.stage.Stage;
import io.penstock.system.stage.SteadyCallers;
import io.penstock.system.stage.Wrk;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * F4: the only manager is killed, and comes back as the same one: no caller notices more than a wait, and nothing is asked anew. Of
 * B1's bodies these are 256 MiB up and down at once, killed halfway, and 13 uploads of 20 MiB; {@link CarrierCutIT} has 1 GiB.
 */
@Timeout(value = 400, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManagerKilledIT {
    private static final long LARGE = 256L << 20;
    private static final int KILLS = 3;
    private static final int KEPT = 100;
    private static final long UPLOAD = 20L << 20;
    private static final int UPLOADS = 13;

    @RegisterExtension
    static final Stage STAGE = Stage.relayed();

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
        CyclicBarrier halfway = new CyclicBarrier(3);

        requireThatAKillAltersNothing(
                List.of(
                        threads.submit(() -> transfer.upTelling(() -> Transfer.meet(halfway))),
                        threads.submit(() -> transfer.downTelling(() -> Transfer.meet(halfway)))),
                halfway,
                BytePattern.sha256(LARGE));
    }

    @Test
    void losesNoByteOfThirteenUploads() throws Exception {
        Transfer transfer = new Transfer(STAGE.door(), UPLOAD);
        CyclicBarrier halfway = new CyclicBarrier(UPLOADS + 1);
        List<Future<String>> hashes = new ArrayList<>();
        for (int i = 0; i < UPLOADS; i++) {
            hashes.add(threads.submit(() -> transfer.upTelling(() -> Transfer.meet(halfway))));
        }

        requireThatAKillAltersNothing(hashes, halfway, BytePattern.sha256(UPLOAD));
    }

    private void requireThatAKillAltersNothing(List<Future<String>> hashes, CyclicBarrier halfway, String expected)
            throws Exception {
        Transfer.meet(halfway);

        STAGE.stack().killManager();
        STAGE.stack().restartManager();

        for (Future<String> hash : hashes) {
            assertThat(hash.get()).isEqualTo(expected);
        }
        requireTheSameIntercept();
        requireThatCarriersWereReplaced();
    }

    @Test
    @NeedsPeers(Program.WRK)
    void losesNoRequestOfKeptConnectionsNorOfNewOnes() throws Exception {
        List<Call> all = new ArrayList<>();
        List<Long> back = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            Future<Wrk.Outcome> kept = threads.submit(Wrk.at(STAGE, "/", KEPT, Duration.ofSeconds(20)));
            Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> streamsAtAgent() >= KEPT);
            try (SteadyCallers callers = SteadyCallers.start(STAGE.door(), Duration.ofMillis(20))) {
                callers.awaitAnswerBy(Stage.LAPTOP, Stopwatch.nanos());

                STAGE.stack().killManager();
                long killed = Stopwatch.nanos();
                STAGE.stack().restartManager();
                long ready = Stopwatch.nanos();
                requireTheSameIntercept();
                callers.awaitAnswerBy(Stage.LAPTOP, killed);
                assertThat(kept).as("wrk, which is to outlast the loss").isNotDone();

                all.addAll(callers.finish());
                back.add(millisToTheFirstAnswer(all, killed, ready));
            }
            kept.get().requireThatNothingFailed();
        }
        System.out.printf(
                "%d kills of the manager under load: the original app answered %d of %d new connections; from ready to the"
                        + " first new one that the laptop answered: %s ms%n",
                KILLS,
                all.stream().filter(call -> call.answer().equals(Stage.CLUSTER)).count(),
                all.size(),
                back);
        assertThat(all).extracting(Call::answer).containsOnly(Stage.LAPTOP, Stage.CLUSTER);
        requireThatCarriersWereReplaced();
    }

    /** Negative when it was before anybody had seen that the manager is ready. */
    private static long millisToTheFirstAnswer(List<Call> calls, long killed, long ready) {
        return calls.stream()
                        .filter(call ->
                                call.begunNanos() > killed && call.answer().equals(Stage.LAPTOP))
                        .mapToLong(call -> call.begunNanos() + call.took().toNanos() - ready)
                        .min()
                        .orElseThrow()
                / 1_000_000;
    }

    private void requireTheSameIntercept() throws IOException {
        assertThat(diversion.state()).as("intercept " + diversion.id()).isEqualTo("ACTIVE");
    }

    private static long streamsAtAgent() throws IOException {
        return STAGE.stack().streamsOpen().getOrDefault("agent", 0L);
    }

    private static void requireThatCarriersWereReplaced() throws IOException {
        assertThat(Scrape.of(STAGE.stack().agent()).sum("penstock_link_without_carrier_seconds_count"))
                .as("times that a link of the agent went on, on another carrier")
                .isPositive();
    }
}
