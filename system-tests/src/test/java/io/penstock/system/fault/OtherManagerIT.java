package io.penstock.system.fault;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.config.Stopwatch;
import io.penstock.bench.load.BytePattern;
import io.penstock.bench.load.TinyWebApp;
import io.penstock.bench.peers.Program;
import io.penstock.bench.process.ServiceProcess;
import io.penstock.system.bytes.Transfer;
import io.penstock.system.stage.Call;
import io.penstock.system.stage.Complaints;
import io.penstock.system.stage.NeedsPeers;
import io.penstock.system.stage.Scrape;
import io.penstock.system.stage.Stage;
import io.penstock.system.stage.SteadyCallers;
import io.penstock.system.stage.TwoManagers;
import io.penstock.system.stage.Wrk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Active and passive: the manager is killed under load, and another takes its place, at other ports and on the same home. */
@Timeout(value = 180, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@NeedsPeers({Program.HAPROXY, Program.WRK})
class OtherManagerIT {
    private static final long LARGE = 128L << 20;
    private static final int KEPT = 100;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path home;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void goesOnByAnotherManagerThanBefore() throws Exception {
        try (TinyWebApp cluster = TinyWebApp.start(Stage.CLUSTER, 0);
                TinyWebApp laptop = TinyWebApp.start(Stage.LAPTOP, 0);
                TwoManagers penstock = TwoManagers.start(home, cluster.address())) {
            String id = penstock.intercept(laptop.address());
            Transfer transfer = new Transfer(penstock.door(), LARGE);
            CyclicBarrier halfway = new CyclicBarrier(3);
            String url = "http://127.0.0.1:" + penstock.door().getPort() + "/";
            Future<Wrk.Outcome> kept = threads.submit(new Wrk(home, url, KEPT, Duration.ofSeconds(25)));
            try (SteadyCallers callers = SteadyCallers.start(penstock.door(), Duration.ofMillis(20))) {
                callers.awaitAnswerBy(Stage.LAPTOP, Stopwatch.nanos());
                List<Future<String>> hashes = List.of(
                        threads.submit(() -> transfer.upTelling(() -> Transfer.meet(halfway))),
                        threads.submit(() -> transfer.downTelling(() -> Transfer.meet(halfway))));
                Transfer.meet(halfway);

                penstock.killFirst();
                long killed = Stopwatch.nanos();
                ServiceProcess second = penstock.startSecond();

                for (Future<String> hash : hashes) {
                    assertThat(hash.get()).isEqualTo(BytePattern.sha256(LARGE));
                }
                callers.awaitAnswerBy(Stage.LAPTOP, killed);
                assertThat(kept).as("wrk, which is to outlast the loss").isNotDone();
                assertThat(callers.finish()).extracting(Call::answer).containsOnly(Stage.LAPTOP, Stage.CLUSTER);
                kept.get().requireThatNothingFailed();
                assertThat(penstock.state(id)).isEqualTo("ACTIVE");
                requireThatLinksWentOnBy(second, penstock);
            }
        }
        assertThat(Complaints.in(home)).as("complaints in the logs").isEmpty();
    }

    /** The very same links: none was closed, and none made. */
    private static void requireThatLinksWentOnBy(ServiceProcess second, TwoManagers penstock) throws Exception {
        Scrape agent = Scrape.of(penstock.agent());
        assertThat(agent.sum("penstock_link_without_carrier_seconds_count")).isPositive();
        assertThat(agent.sum("penstock_links_closed_total")).isZero();
        assertThat(Scrape.of(second).sum("penstock_manager_relay_pairs")).isPositive();
        assertThat(Scrape.of(second).sum("penstock_manager_links_replaced_total"))
                .isZero();
    }
}
