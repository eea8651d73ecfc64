package io.penstock.gateway.metrics;

import io.penstock.tunnel.metrics.MeterKind;
import java.util.List;

/** Every meter of the gateway beside the tunnel's: part of what {@code docs/metrics.md} is generated from. <em>Immutable</em>. */
public enum GatewayMeter {
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
    INTERCEPTS("penstock.gateway.intercepts", MeterKind.GAUGE, "", "Intercepts of this gateway now."),
    LINKS_MISSING(
            "penstock.gateway.links.missing",
            MeterKind.GAUGE,
            "",
            "Links that the manager lists and that are not open now."),
    ATTACHED(
            "penstock.gateway.session.attached",
            MeterKind.GAUGE,
            "",
            "1 while the control call to the manager is up, otherwise 0.");

    private final String meterName;
    private final MeterKind kind;
    private final String unit;
    private final String meaning;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> tags;

    GatewayMeter(String meterName, MeterKind kind, String unit, String meaning, String... tags) {
        this.meterName = meterName;
        this.kind = kind;
        this.unit = unit;
        this.meaning = meaning;
        this.tags = List.of(tags);
    }

    public String meterName() {
        return meterName;
    }

    public MeterKind kind() {
        return kind;
    }

    /** The base unit, or empty for plain numbers. */
    public String unit() {
        return unit;
    }

    public List<String> tags() {
        return tags;
    }

    public String meaning() {
        return meaning;
    }
}
