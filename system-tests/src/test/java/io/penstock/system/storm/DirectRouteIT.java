package io.penstock.system.storm;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.load.BodyCheck;
import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.Scrape;
import io.penstock.system.stage.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The direct route does what the relayed one does, without the relay. */
@Timeout(value = 120, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DirectRouteIT {
    @RegisterExtension
    static final Stage STAGE = Stage.direct();

    @Test
    void answersStormsAndBulkWithoutTheRelay() throws IOException {
        try (Diversion diversion = STAGE.divert(STAGE.laptop())) {
            StormPlan instant =
                    StormPlan.shortConnections(STAGE.door(), 2000, 5).within(Duration.ofSeconds(60));
            StormPlan kept = StormPlan.keptConnections(STAGE.door(), 200, 1, 50);
            StormPlan bulk = StormPlan.shortConnections(STAGE.door(), 4, 1)
                    .asking("/bytes/50000000", BodyCheck.pattern(50_000_000))
                    .within(Duration.ofSeconds(60));

            requireThatTheLaptopAnswers(STAGE.storm().run(instant), 10_000);
            requireThatTheLaptopAnswers(STAGE.storm().run(kept), 10_000);
            requireThatTheLaptopAnswers(STAGE.storm().run(bulk), 4);

            STAGE.requireNoStreams();
            assertThat(diversion.stats().path("failedOpen").asLong()).isZero();
            Scrape manager = Scrape.of(STAGE.stack().manager());
            assertThat(manager.sum("penstock_manager_relay_paired_total")).isZero();
            assertThat(manager.sum("penstock_manager_relay_bytes_total")).isZero();
        }
    }

    private static void requireThatTheLaptopAnswers(StormReport report, long requests) {
        assertThat(report.failed())
                .as("%s %s", report.failures(), report.samples())
                .isZero();
        assertThat(report.answeredBy()).isEqualTo(Map.of(Stage.LAPTOP, requests));
    }
}
