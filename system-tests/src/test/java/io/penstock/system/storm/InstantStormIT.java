package io.penstock.system.storm;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.config.Loopback;
import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.Stage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** S3 and S5: many connections in one instant, and connections from ports that were just used. */
@Timeout(value = 240, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InstantStormIT {
    @RegisterExtension
    static final Stage STAGE = Stage.relayed();

    @Test
    void answersTwoThousandConnectionsOfOneInstantFiftyTimes() throws IOException {
        try (Diversion diversion = STAGE.divert(STAGE.laptop())) {
            StormPlan plan = StormPlan.shortConnections(STAGE.door(), 2000, 1).within(Duration.ofSeconds(60));

            for (int round = 1; round <= 50; round++) {
                StormReport report = STAGE.storm().round(plan);

                requireThatTheLaptopAnswered(report, 2000);
                STAGE.requireNoStreams();
                requireThatTheManagerCounts(diversion, 2000L * round);
            }
        }
    }

    @Test
    void answersAHundredThousandConnectionsFromFewSourcePorts() throws IOException {
        List<InetSocketAddress> sources = fewSources();
        StormPlan plan = StormPlan.shortConnections(STAGE.door(), sources.size(), 100_000 / sources.size())
                .within(Duration.ofSeconds(60))
                .from(sources);

        try (Diversion diversion = STAGE.divert(STAGE.laptop())) {
            StormReport report = STAGE.storm().run(plan);

            requireThatTheLaptopAnswered(report, 100_000);
            STAGE.requireNoStreams();
            requireThatTheManagerCounts(diversion, 100_000);
        }
    }

    /** Twenty ports of ten addresses, each of which comes back five hundred times, milliseconds after its last use. */
    private static List<InetSocketAddress> fewSources() throws IOException {
        List<InetSocketAddress> sources = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int port = STAGE.ports().next();
            for (int host = 1; host <= 10; host++) {
                sources.add(Loopback.at(host, port));
            }
        }
        return sources;
    }

    private static void requireThatTheLaptopAnswered(StormReport report, long requests) {
        assertThat(report.failed())
                .as("%s %s", report.failures(), report.samples())
                .isZero();
        assertThat(report.answeredBy()).isEqualTo(Map.of(Stage.LAPTOP, requests));
    }

    private static void requireThatTheManagerCounts(Diversion diversion, long streams) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(diversion.stats().path("streamsOpened").asLong()).isEqualTo(streams);
            assertThat(diversion.stats().path("streamsOpen").asLong()).isZero();
        });
    }
}
