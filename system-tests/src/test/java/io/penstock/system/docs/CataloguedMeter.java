package io.penstock.system.docs;

import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import io.penstock.agent.metrics.AgentMeter;
import io.penstock.gateway.metrics.GatewayMeter;
import io.penstock.manager.metrics.ManagerMeter;
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
        return Stream.of(TunnelMeter.values())
                .map(meter -> new CataloguedMeter(
                        meter.meterName(), kind(meter.kind()), meter.unit(), meter.tags(), meter.meaning()))
                .toList();
    }

    static List<CataloguedMeter> ofAgent() {
        return Stream.of(AgentMeter.values())
                .map(meter -> new CataloguedMeter(
                        meter.meterName(), kind(meter.kind()), meter.unit(), meter.tags(), meter.meaning()))
                .toList();
    }

    static List<CataloguedMeter> ofGateway() {
        return Stream.of(GatewayMeter.values())
                .map(meter -> new CataloguedMeter(
                        meter.meterName(), kind(meter.kind()), meter.unit(), meter.tags(), meter.meaning()))
                .toList();
    }

    static List<CataloguedMeter> ofManager() {
        return Stream.of(ManagerMeter.values())
                .map(meter -> new CataloguedMeter(
                        meter.meterName(), kind(meter.kind()), meter.unit(), meter.tags(), meter.meaning()))
                .toList();
    }

    private static Meter.Type kind(Enum<?> kind) {
        return Meter.Type.valueOf(kind.name());
    }

    /** The name on the page that Prometheus reads. */
    String prometheusName() {
        @Nullable String baseUnit = unit.isEmpty() ? null : unit;
        String plain = new PrometheusNamingConvention().name(name, kind, baseUnit);
        return kind == Meter.Type.COUNTER && !plain.endsWith("_total") ? plain + "_total" : plain;
    }
}
