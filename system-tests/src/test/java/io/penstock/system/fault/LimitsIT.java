package io.penstock.system.fault;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.config.Stopwatch;
import io.penstock.bench.load.BytePattern;
import io.penstock.bench.load.HeldConnections;
import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import io.penstock.system.bytes.Transfer;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.Scrape;
import io.penstock.system.stage.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an intercept may carry, when somebody said so: what is above is answered at once, or waits, and is counted. */
@Timeout(value = 120, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LimitsIT {
    private static final int MOST = 20;
    private static final int ABOVE = 30;
    private static final long BODY = 12_000_000;
    private static final long RATE = 4_000_000;
    // What may pass without a wait: a tenth of a second's worth, and a grown window at either end.
    private static final long UNPACED = RATE / 10 + 4_000_000;

    @RegisterExtension
    static final Stage STAGE = Stage.relayed();

    @Test
    void givesTheOriginalAppWhatIsAboveTheNumberOfStreams() throws IOException {
        try (Diversion diversion = divert(Map.of("maxStreams", MOST))) {
            try (HeldConnections held = HeldConnections.open(STAGE.loops(), STAGE.door(), MOST)) {
                requireAnswers(held.askAll(StormPlan.Ask.greeting()), Stage.LAPTOP, MOST);

                requireAnswers(
                        STAGE.storm().run(StormPlan.shortConnections(STAGE.door(), ABOVE, 1)), Stage.CLUSTER, ABOVE);

                requireAnswers(held.askAll(StormPlan.Ask.greeting()), Stage.LAPTOP, MOST);
            }
            STAGE.requireNoStreams();
            STAGE.awaitAnswersBy(Stage.LAPTOP);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(refused(diversion, "REFUSED_LIMIT")).isEqualTo(ABOVE));
        }
    }

    @Test
    void holdsBackWhatComesFasterThanItMay() throws Exception {
        try (Diversion diversion = divert(Map.of("bytesPerSecond", RATE))) {
            Transfer transfer = new Transfer(STAGE.door(), BODY);
            Stopwatch watch = Stopwatch.started();

            assertThat(transfer.down()).isEqualTo(BytePattern.sha256(BODY));
            assertThat(transfer.up()).isEqualTo(BytePattern.sha256(BODY));

            // Never sooner: a machine may always be slower.
            assertThat(watch.elapsed()).isGreaterThan(Duration.ofMillis((2 * BODY - UNPACED) * 1000 / RATE));
            assertThat(Scrape.of(STAGE.stack().gateway()).sum("penstock_gateway_throttled_seconds_total"))
                    .isPositive();
            assertThat(diversion.stats().path("failedOpen").asLong()).isZero();
        }
        STAGE.requireNoStreams();
    }

    private static Diversion divert(Map<String, Object> limits) throws IOException {
        String id = STAGE.stack().intercept(STAGE.laptop(), Map.of("limits", limits, "onAppRefused", "FAIL_OPEN"));
        return new Diversion(STAGE.stack(), id);
    }

    private static void requireAnswers(StormReport report, String app, long requests) {
        assertThat(report.failed())
                .as("%s %s", report.failures(), report.samples())
                .isZero();
        assertThat(report.answeredBy()).isEqualTo(Map.of(app, requests));
    }

    private static long refused(Diversion diversion, String code) throws IOException {
        return diversion.stats().path("streamsRefused").path(code).asLong();
    }
}
