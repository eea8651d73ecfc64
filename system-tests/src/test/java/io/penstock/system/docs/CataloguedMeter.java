package io.penstock.system.docs;

import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import io.penstock.agent.metrics.AgentMeter;
import io.penstock.gateway.metrics.GatewayMeter;
import io.penstock.manager.metrics.ManagerMeter;
import io.penstock.tunnel.metrics.DescribedMeter;
import io.penstock.tunnel.metrics.TunnelMeter;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One meter of any catalogue.
 *
 * @param kind COUNTER, GAUGE or TIMER
 * @param unit the base unit; empty for a plain number
 *     <p><em>Immutable</em>.
 */
record CataloguedMeter(String name, Meter.Type kind, String unit, List<String> tags, String meaning) {

    static List<CataloguedMeter> ofTunnel() {
        return all(TunnelMeter.values());
    }

    static List<CataloguedMeter> ofAgent() {
        return all(AgentMeter.values());
    }

    static List<CataloguedMeter> ofGateway() {
        return all(GatewayMeter.values());
    }

    static List<CataloguedMeter> ofManager() {
        return all(ManagerMeter.values());
    }

    private static List<CataloguedMeter> all(DescribedMeter... meters) {
        return Stream.of(meters).map(CataloguedMeter::of).toList();
    }

    private static CataloguedMeter of(DescribedMeter meter) {
        Meter.Type kind = Meter.Type.valueOf(meter.kind().name());
        return new CataloguedMeter(meter.meterName(), kind, meter.unit(), meter.tags(), meter.meaning());
    }

    /** The name on the page that Prometheus reads. */
    String prometheusName() {
        @Nullable String baseUnit = unit.isEmpty() ? null : unit;
        String plain = new PrometheusNamingConvention().name(name, kind, baseUnit);
        return kind == Meter.Type.COUNTER && !plain.endsWith("_total") ? plain + "_total" : plain;
    }
}
