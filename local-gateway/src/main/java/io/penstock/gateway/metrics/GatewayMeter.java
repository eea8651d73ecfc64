package io.penstock.gateway.metrics;

import io.penstock.tunnel.metrics.DescribedMeter;
import io.penstock.tunnel.metrics.MeterDescription;
import io.penstock.tunnel.metrics.MeterKind;
import java.util.List;

/** Every meter of the gateway beside the tunnel's: part of what {@code docs/metrics.md} is generated from. <em>Immutable</em>. */
public enum GatewayMeter implements DescribedMeter {
    DIAL_TIME(
            "penstock.gateway.dial.time",
            MeterKind.TIMER,
            "seconds",
            "Time that the developer's app took to take a connection, the wait in the queue not counted."),
    DIALS_FAILED(
            "penstock.gateway.dials.failed",
            MeterKind.COUNTER,
            "",
            "Dials of the developer's app that failed since start, by reset code.",
            "code"),
    DIAL_QUEUE("penstock.gateway.dial.queue", MeterKind.GAUGE, "", "Streams that wait for their dial to begin now."),
    HELD(
            "penstock.gateway.held.streams",
            MeterKind.GAUGE,
            "",
            "Streams that wait now because the developer's app refuses connections."),
    HELD_BYTES("penstock.gateway.held", MeterKind.GAUGE, "bytes", "Bytes that those streams brought along."),
    HOLDS(
            "penstock.gateway.holds",
            MeterKind.COUNTER,
            "",
            "Streams that the developer's app refused and that waited, or had no room to, since start, by what came of it.",
            "outcome"),
    THROTTLED(
            "penstock.gateway.throttled",
            MeterKind.COUNTER,
            "seconds",
            "Time for which limits of intercepts held bytes back since start, over all streams."),
    INTERCEPTS("penstock.gateway.intercepts", MeterKind.GAUGE, "", "Intercepts of this gateway now."),
    LINKS_MISSING(
            "penstock.gateway.links.missing",
            MeterKind.GAUGE,
            "",
            "Links that the manager lists and that are not open now."),
    CARRIER(
            "penstock.gateway.links.carrier",
            MeterKind.GAUGE,
            "",
            "1 for what the newest carrier runs on, 0 for the others: tcp, tls or grpc.",
            "carrier"),
    ATTACHED(
            "penstock.gateway.session.attached",
            MeterKind.GAUGE,
            "",
            "1 while the control call to the manager is up, otherwise 0.");

    @SuppressWarnings("ImmutableEnumChecker") // a record of values and a copied list
    private final MeterDescription description;

    GatewayMeter(String meterName, MeterKind kind, String unit, String meaning, String... tags) {
        this.description = new MeterDescription(meterName, kind, unit, List.of(tags), meaning);
    }

    @Override
    public MeterDescription description() {
        return description;
    }
}
