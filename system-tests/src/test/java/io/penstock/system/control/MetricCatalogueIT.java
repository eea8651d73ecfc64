package io.penstock.system.control;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.agent.metrics.AgentMeter;
import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import io.penstock.bench.process.ServiceProcess;
import io.penstock.gateway.metrics.GatewayMeter;
import io.penstock.manager.metrics.ManagerMeter;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.Scrape;
import io.penstock.system.stage.Stage;
import io.penstock.tunnel.metrics.MeterKind;
import io.penstock.tunnel.metrics.TunnelMeter;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the services show to Prometheus is what their catalogues, and so the documents, say: no more and no less. */
@Timeout(value = 60, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MetricCatalogueIT {
    @RegisterExtension
    static final Stage STAGE = Stage.relayed();

    /** Opens streams that end well and streams that are refused, so that the meters of both exist. */
    @BeforeAll
    static void beUsed() throws IOException {
        try (Diversion diversion = STAGE.divert(STAGE.ports().nextAddress())) {
            StormReport passed = STAGE.storm().run(StormPlan.shortConnections(STAGE.door(), 20, 1));
            assertThat(passed.failed()).as("%s", passed.samples()).isZero();
            assertThat(diversion.state()).isEqualTo("ACTIVE");
        }
    }

    @Test
    void theAgentShowsItsCatalogue() throws IOException {
        try (Diversion diversion = STAGE.divert(STAGE.laptop())) {
            Stream<String> own =
                    Stream.of(AgentMeter.values()).map(each -> shown(each.meterName(), each.kind(), each.unit()));

            assertThat(diversion.state()).isEqualTo("ACTIVE");
            assertThat(scraped(STAGE.stack().agent())).isEqualTo(with(own, tunnel()));
        }
    }

    @Test
    void theGatewayShowsItsCatalogue() throws IOException {
        try (Diversion diversion = STAGE.divert(STAGE.laptop())) {
            Stream<String> own =
                    Stream.of(GatewayMeter.values()).map(each -> shown(each.meterName(), each.kind(), each.unit()));

            assertThat(diversion.state()).isEqualTo("ACTIVE");
            assertThat(scraped(STAGE.stack().gateway())).isEqualTo(with(own, tunnel()));
        }
    }

    @Test
    void theManagerShowsItsCatalogue() throws IOException {
        try (Diversion diversion = STAGE.divert(STAGE.ports().nextAddress())) {
            STAGE.storm().run(StormPlan.shortConnections(STAGE.door(), 20, 1));
            Set<String> own = Stream.of(ManagerMeter.values())
                    .map(each -> shown(each.meterName(), each.kind(), each.unit()))
                    .collect(Collectors.toCollection(TreeSet::new));

            // The figures of an intercept come with the agent's next report.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(scraped(STAGE.stack().manager())).isEqualTo(own));
            assertThat(diversion.state()).isEqualTo("ACTIVE");
        }
    }

    private static Stream<String> tunnel() {
        return Stream.of(TunnelMeter.values()).map(each -> shown(each.meterName(), each.kind(), each.unit()));
    }

    private static Set<String> with(Stream<String> some, Stream<String> others) {
        return Stream.concat(some, others).collect(Collectors.toCollection(TreeSet::new));
    }

    /** As Prometheus names it: underscores, the unit, and "_total" for a counter. */
    private static String shown(String name, MeterKind kind, String unit) {
        String base = name.replace('.', '_');
        String measured = unit.isEmpty() || base.endsWith("_" + unit) ? base : base + "_" + unit;
        return kind == MeterKind.COUNTER ? measured + "_total" : measured;
    }

    /** The names on the page, those of a timer's parts made one. */
    private static Set<String> scraped(ServiceProcess service) throws IOException {
        return Scrape.of(service).names("penstock_").stream()
                .map(name -> name.replaceFirst("_seconds_(count|sum|max)$", "_seconds"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
