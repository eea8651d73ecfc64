package io.penstock.system.bytes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.config.Deadline;
import io.penstock.bench.load.PacedLoad;
import io.penstock.bench.load.PacedPlan;
import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import io.penstock.bench.process.ServiceProcess;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.RawCaller;
import io.penstock.system.stage.Scrape;
import io.penstock.system.stage.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** B2: somebody who reads slowly costs the others nothing, and the processes little. */
@Timeout(value = 180, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowReaderIT {
    private static final int BYTES_A_TICK = 50_000;
    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration MEASURED = Duration.ofSeconds(4);
    private static final int PAIRS = 3;
    private static final long RESIDENT_GROWTH = 64L << 20;

    @RegisterExtension
    static final Stage STAGE = Stage.relayed();

    @Test
    void leavesTwoHundredOthersTheirLatencyAndTheProcessesTheirMemory() throws IOException {
        try (Diversion diversion = STAGE.divert(STAGE.laptop())) {
            load(); // What is compiled and sized by the first requests is no matter of this test.
            Map<String, Long> before = resident();
            double bestRatio = Double.MAX_VALUE;

            for (int pair = 0; pair < PAIRS; pair++) {
                double undisturbed = load().p99Millis();
                double disturbed;
                try (SlowReader reader = SlowReader.start()) {
                    disturbed = load().p99Millis();
                    requireThatBudgetsHold();
                    assertThat(reader.isReading())
                            .as("the slow reader was not cut off")
                            .isTrue();
                }
                System.out.printf(
                        "B2: p99 %.1f ms undisturbed, %.1f ms beside a slow reader%n", undisturbed, disturbed);
                bestRatio = Math.min(bestRatio, disturbed / undisturbed);
            }

            assertThat(bestRatio)
                    .as("p99 disturbed / undisturbed, best of %d pairs", PAIRS)
                    .isLessThanOrEqualTo(2);
            requireThatMemoryHardlyGrew(before);
            assertThat(diversion.stats().path("failedOpen").asLong()).isZero();
        }
        STAGE.requireNoStreams();
    }

    private static StormReport load() {
        PacedPlan plan = new PacedPlan(STAGE.door(), StormPlan.Ask.greeting(), 200, 500, MEASURED);
        StormReport report = new PacedLoad(STAGE.loops()).run(plan);
        assertThat(report.failed())
                .as("%s %s", report.failures(), report.samples())
                .isZero();
        return report;
    }

    private static void requireThatBudgetsHold() throws IOException {
        for (ServiceProcess service :
                new ServiceProcess[] {STAGE.stack().agent(), STAGE.stack().gateway()}) {
            Scrape scrape = Scrape.of(service);
            double limit = scrape.sum("penstock_budget_limit_bytes");
            assertThat(limit).isPositive();
            assertThat(scrape.sum("penstock_budget_used_bytes"))
                    .as(service.process().name())
                    .isLessThanOrEqualTo(limit);
            assertThat(scrape.sum("penstock_budget_peak_bytes"))
                    .as(service.process().name())
                    .isLessThanOrEqualTo(limit);
        }
    }

    private static Map<String, Long> resident() {
        Map<String, Long> resident = new LinkedHashMap<>();
        STAGE.services()
                .forEach(each -> resident.put(
                        each.process().name(), each.process().stat().residentBytes()));
        return resident;
    }

    private static void requireThatMemoryHardlyGrew(Map<String, Long> before) {
        resident().forEach((service, bytes) -> {
            long growth = bytes - before.getOrDefault(service, 0L);
            System.out.printf("B2: resident memory of the %s: %d MiB, %+d MiB%n", service, bytes >> 20, growth >> 20);
            assertThat(growth).as("growth of the %s", service).isLessThanOrEqualTo(RESIDENT_GROWTH);
        });
    }

    /** Reads a body without end at a megabyte in a second. Thread-safe. */
    private record SlowReader(RawCaller caller, AtomicBoolean stopped, CompletableFuture<Void> done)
            implements AutoCloseable {
        static SlowReader start() throws IOException {
            RawCaller caller = RawCaller.dial(STAGE.door());
            caller.say("GET /bytes/10000000000 HTTP/1.1\r\nHost: a\r\n\r\n");
            AtomicBoolean stopped = new AtomicBoolean();
            return new SlowReader(caller, stopped, CompletableFuture.runAsync(() -> read(caller, stopped)));
        }

        private static void read(RawCaller caller, AtomicBoolean stopped) {
            try {
                while (!stopped.get()) {
                    assertThat(caller.in().readNBytes(BYTES_A_TICK)).hasSize(BYTES_A_TICK);
                    Deadline.in(TICK).elapse();
                }
            } catch (IOException e) {
                throw new AssertionError("the slow reader was cut off", e);
            }
        }

        boolean isReading() {
            return !done.isDone();
        }

        @Override
        public void close() throws IOException {
            stopped.set(true);
            done.orTimeout(30, SECONDS).join();
            caller.close();
        }
    }
}
