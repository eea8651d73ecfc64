package io.penstock.system.storm;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.bench.load.HeldConnections;
import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import io.penstock.bench.process.ServiceProcess;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.Footprint;
import io.penstock.system.stage.Stage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** S7: ten thousand streams that do nothing cost little, and are there when they are needed. */
@Timeout(value = 240, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IdleStreamsIT {
    private static final int STREAMS = 10_000;
    private static final int WARM_UP = 500;
    private static final double MOST_BYTES = 3 * 1024;

    @RegisterExtension
    static final Stage STAGE = Stage.relayed();

    @Test
    void holdsTenThousandIdleStreamsInThreeKibibytesOfHeapEach() throws IOException {
        assumeThatTheDescriptorsAllowThem();
        try (Diversion diversion = STAGE.divert(STAGE.laptop())) {
            try (HeldConnections warm = HeldConnections.open(STAGE.loops(), STAGE.door(), WARM_UP)) {
                requireThatAllAnswer(warm, WARM_UP);
            }
            STAGE.requireNoStreams();
            Map<String, Double> before = heaps();

            try (HeldConnections held = HeldConnections.open(STAGE.loops(), STAGE.door(), STREAMS)) {
                awaitOpen(STREAMS);
                requireThatTheyAreCheap(before, heaps(), STREAMS);
                requireThatAllAnswer(held, STREAMS);
                assertThat(held.openCount()).isEqualTo(STREAMS);
                // They have moved bytes now, and are as idle as before.
                requireThatTheyAreCheap(before, heaps(), STREAMS);
            }
            STAGE.requireNoStreams();
            assertThat(diversion.stats().path("failedOpen").asLong()).isZero();
        }
    }

    /** One for each stream in this process, the agent, the gateway and the app; some are needed for other things. */
    private static void assumeThatTheDescriptorsAllowThem() {
        var system = (com.sun.management.UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long allowed = system.getMaxFileDescriptorCount();
        assumeTrue(
                allowed >= STREAMS + 1000,
                "S7: ulimit -n is " + allowed + " (expected: at least " + (STREAMS + 1000) + "; raise the hard limit)");
    }

    private static void awaitOpen(int streams) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(STAGE.stack().streamsOpen().values()).containsOnly((long) streams));
    }

    private static void requireThatAllAnswer(HeldConnections held, int streams) {
        StormReport report = held.askAll(StormPlan.Ask.greeting());

        assertThat(report.failed())
                .as("%s %s", report.failures(), report.samples())
                .isZero();
        assertThat(report.answeredBy()).isEqualTo(Map.of(Stage.LAPTOP, (long) streams));
    }

    private static Map<String, Double> heaps() throws IOException {
        Map<String, Double> heaps = new LinkedHashMap<>();
        for (ServiceProcess service : STAGE.services()) {
            heaps.put(service.process().name(), (double)
                    Footprint.of(service, STAGE.home()).heap());
        }
        return heaps;
    }

    private static void requireThatTheyAreCheap(Map<String, Double> before, Map<String, Double> after, int streams) {
        after.forEach((service, heap) -> {
            double bytes = (heap - before.getOrDefault(service, 0.0)) / streams;
            System.out.printf("S7: heap per idle stream, %s: %.0f bytes (%d streams)%n", service, bytes, streams);
            assertThat(bytes).as("heap of the %s per idle stream", service).isLessThanOrEqualTo(MOST_BYTES);
        });
    }
}
