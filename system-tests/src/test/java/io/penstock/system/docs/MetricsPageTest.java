package io.penstock.system.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/metrics.md} to the catalogues. */
class MetricsPageTest {

    private static final String INTRODUCTION = """
            # Metrics

            Generated from the catalogues in the code (`TunnelMeter`, `AgentMeter`, `GatewayMeter`, `ManagerMeter`); `MetricsPageTest`
            says how to write it anew. What to make of them stands in [operations.md](operations.md).

            Every service serves `/actuator/prometheus`: manager on port 8081, agent on `--admin-port` (8081), gateway on 4848. Names
            are as Prometheus shows them. A timer is two series, `_count` and `_sum`, and a third, `_max`, for the longest of late
            where each is timed by itself. The values of tags are in lower case. The usual meters of the JVM, and in manager and
            gateway those of Spring, stand beside these.

            """;

    @Test
    void pageHoldsEveryMeterOfEveryCatalogue() {
        String text = INTRODUCTION
                + section("Links and streams: agent and gateway", CataloguedMeter.ofTunnel())
                + section("Agent", CataloguedMeter.ofAgent())
                + section("Gateway", CataloguedMeter.ofGateway())
                + section("Manager", CataloguedMeter.ofManager());

        new GeneratedPage("metrics.md", text.stripTrailing() + "\n", MetricsPageTest.class).check();
    }

    @Test
    void noTwoMetersOfOneServiceShareAName() {
        List<String> agent = names(CataloguedMeter.ofTunnel(), CataloguedMeter.ofAgent());
        List<String> gateway = names(CataloguedMeter.ofTunnel(), CataloguedMeter.ofGateway());
        List<String> manager = names(CataloguedMeter.ofManager(), List.of());

        assertThat(agent).doesNotHaveDuplicates();
        assertThat(gateway).doesNotHaveDuplicates();
        assertThat(manager).doesNotHaveDuplicates();
    }

    private static List<String> names(List<CataloguedMeter> meters, List<CataloguedMeter> others) {
        return Stream.concat(meters.stream(), others.stream())
                .map(CataloguedMeter::prometheusName)
                .toList();
    }

    private static String section(String title, List<CataloguedMeter> meters) {
        Table table = new Table("name", "kind", "unit", "tags", "meaning");
        meters.forEach(meter -> table.add(
                Table.code(meter.prometheusName()),
                meter.kind().name().toLowerCase(Locale.ROOT),
                meter.unit().isEmpty() ? "–" : meter.unit(),
                Table.code(String.join(", ", meter.tags())),
                meter.meaning()));
        return "## " + title + "\n\n" + table.text();
    }
}
