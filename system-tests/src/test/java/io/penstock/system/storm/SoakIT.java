package io.penstock.system.storm;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.config.Deadline;
import io.penstock.bench.config.LoadLoops;
import io.penstock.bench.load.AbortingCallers;
import io.penstock.bench.load.BytePattern;
import io.penstock.bench.load.Storm;
import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import io.penstock.system.bytes.Transfer;
import io.penstock.system.stage.Bystanders;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.Footprints;
import io.penstock.system.stage.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * F11: everything at once for a while, {@code -Dsoak.minutes} (2), and nothing has grown. Short and kept connections, bodies both
 * ways, callers that vanish, and an intercept that is left and made anew all the time.
 */
@Tag("soak")
@Timeout(value = 60, unit = MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SoakIT {
    private static final Duration SOAK = Duration.ofMinutes(Integer.getInteger("soak.minutes", 2));
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Duration BETWEEN = Duration.ofSeconds(5);
    private static final long BODY = 16L << 20;
    private static final long HEAP_GROWTH = 4 << 20;
    private static final long RESIDENT_GROWTH = 64L << 20;

    @RegisterExtension
    static final Stage STAGE = Stage.relayed().withManager("--penstock.manager.limits.ended-intercepts=5");

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @Test
    void growsNothingUnderEverythingAtOnce() throws Exception {
        soak(WARM_UP);
        Footprints before = Footprints.of(STAGE);

        soak(SOAK);

        Footprints.of(STAGE).requireNoGrowthSince(before, HEAP_GROWTH, RESIDENT_GROWTH);
        threads.shutdownNow();
    }

    private void soak(Duration duration) throws Exception {
        Deadline end = Deadline.in(duration);
        try (Bystanders kept = Bystanders.start(STAGE.door(), 100, 300)) {
            List<Future<Void>> loads = List.of(
                    repeat(end, SoakIT::storm),
                    repeat(end, SoakIT::transfer),
                    repeat(end, SoakIT::vanish),
                    repeat(end, SoakIT::interceptAnew));
            for (Future<Void> load : loads) {
                load.get();
            }
            requireSound(kept.finish());
        }
        STAGE.requireNoStreams();
    }

    private Future<Void> repeat(Deadline end, Callable<Void> load) {
        return threads.submit(() -> {
            while (!end.isOver()) {
                load.call();
            }
            return null;
        });
    }

    private static Void storm() {
        try (LoadLoops loops = LoadLoops.start(1)) {
            requireSound(new Storm(loops).run(StormPlan.shortConnections(STAGE.door(), 300, 5)));
            return null;
        }
    }

    private static Void transfer() throws Exception {
        Transfer transfer = new Transfer(STAGE.door(), BODY);
        assertThat(transfer.up()).isEqualTo(BytePattern.sha256(BODY));
        assertThat(transfer.down()).isEqualTo(BytePattern.sha256(BODY));
        return null;
    }

    private static Void vanish() {
        try (LoadLoops loops = LoadLoops.start(1)) {
            assertThat(new AbortingCallers(loops).run(STAGE.door(), 200, 50)).isEqualTo(200);
            return null;
        }
    }

    private static Void interceptAnew() throws IOException {
        try (Diversion diversion = STAGE.divert(STAGE.laptop())) {
            Deadline.in(BETWEEN).elapse();
            assertThat(diversion.state()).isEqualTo("ACTIVE");
        }
        return null;
    }

    private static void requireSound(StormReport report) {
        assertThat(report.failed())
                .as("%s %s", report.failures(), report.samples())
                .isZero();
    }
}
