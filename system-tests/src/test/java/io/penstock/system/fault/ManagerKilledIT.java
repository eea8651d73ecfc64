package io.penstock.system.fault;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.load.BytePattern;
import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import io.penstock.bench.peers.Program;
import io.penstock.system.bytes.Transfer;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.NeedsPeers;
import io.penstock.system.stage.Scrape;
import io.penstock.system.stage.Stage;
import io.penstock.system.stage.Tool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
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

/** F4: the only manager is killed, and comes back as the same one: no caller notices more than a wait, and nothing is asked anew. */
@Timeout(value = 400, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManagerKilledIT {
    private static final long LARGE = 256L << 20;
    private static final int KILLS = 3;
    private static final int KEPT = 100;
    private static final int DRIP = 4;

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
        for (int kill = 0; kill < KILLS; kill++) {
            CyclicBarrier halfway = new CyclicBarrier(3);
            List<Future<String>> hashes = List.of(
                    threads.submit(() -> transfer.upTelling(() -> meet(halfway))),
                    threads.submit(() -> transfer.downTelling(() -> meet(halfway))));
            meet(halfway);

            STAGE.stack().killManager();
            STAGE.stack().restartManager();

            for (Future<String> hash : hashes) {
                assertThat(hash.get()).isEqualTo(BytePattern.sha256(LARGE));
            }
            requireTheSameIntercept();
        }
        requireThatCarriersWereReplaced();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(60, SECONDS);
        } catch (InterruptedException | BrokenBarrierException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("transfers: not halfway (expected: both are)", e);
        }
    }

    @Test
    @NeedsPeers(Program.WRK)
    void losesNoRequestOfKeptConnectionsNorOfNewOnes() throws Exception {
        StormReport dripped = StormReport.EMPTY;
        for (int kill = 0; kill < KILLS; kill++) {
            Future<Tool.Outcome> outcome = threads.submit(wrk());
            Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> streamsAtAgent() >= KEPT);
            // What is under way when the manager dies waits for it; what comes later is not held up.
            List<Drip> drips = List.of(new Drip(), new Drip());
            Future<?> before = threads.submit(drips.get(0));

            STAGE.stack().killManager();
            Future<?> after = threads.submit(drips.get(1));
            STAGE.stack().restartManager();
            requireTheSameIntercept();
            for (Drip drip : drips) {
                drip.awaitRoundBy(Stage.LAPTOP);
                drip.end();
            }
            before.get();
            after.get();
            dripped = dripped.plus(drips.get(0).sum()).plus(drips.get(1).sum());

            String output = outcome.get().output();
            assertThat(outcome.get().exitCode()).as(output).isZero();
            assertThat(outcome.get().number("(\\d+) requests in")).as(output).isPositive();
            assertThat(output).doesNotContain("Socket errors", "Non-2xx");
        }
        System.out.printf(
                "%d kills of the manager under load: the original app answered %d of %d new connections%n",
                KILLS, dripped.answeredBy().getOrDefault(Stage.CLUSTER, 0L), dripped.requests());
        assertThat(dripped.failed())
                .as("%s %s", dripped.failures(), dripped.samples())
                .isZero();
        requireThatCarriersWereReplaced();
    }

    /** New connections, a few at a time, until told to end. Thread-safe. */
    private static final class Drip implements Runnable {
        private StormReport sum = StormReport.EMPTY;
        private StormReport last = StormReport.EMPTY;
        private volatile boolean ended;

        @Override
        public void run() {
            while (!ended) {
                StormReport round = STAGE.storm().run(StormPlan.shortConnections(STAGE.door(), DRIP, 1));
                add(round);
            }
        }

        private synchronized void add(StormReport round) {
            sum = sum.plus(round);
            last = round;
        }

        synchronized StormReport sum() {
            return sum;
        }

        private synchronized StormReport last() {
            return last;
        }

        void awaitRoundBy(String app) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> last().answeredBy().equals(Map.of(app, (long) DRIP)));
        }

        void end() {
            ended = true;
        }
    }

    private void requireTheSameIntercept() throws IOException {
        assertThat(diversion.state()).as("intercept " + diversion.id()).isEqualTo("ACTIVE");
    }

    private static long streamsAtAgent() throws IOException {
        return STAGE.stack().streamsOpen().getOrDefault("agent", 0L);
    }

    private static Callable<Tool.Outcome> wrk() throws IOException {
        List<String> command = List.of(
                Program.WRK.path(),
                "-t",
                "1",
                "-c",
                Integer.toString(KEPT),
                "-d",
                "20s",
                "--timeout",
                "60s",
                "http://127.0.0.1:" + STAGE.door().getPort() + "/");
        return () -> Tool.in(STAGE.home(), Duration.ofMinutes(2)).run(command);
    }

    private static void requireThatCarriersWereReplaced() throws IOException {
        assertThat(Scrape.of(STAGE.stack().agent()).sum("penstock_link_without_carrier_seconds_count"))
                .as("times that a link of the agent went on, on another carrier")
                .isPositive();
    }
}
