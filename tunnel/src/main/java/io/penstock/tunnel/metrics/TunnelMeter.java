package io.penstock.tunnel.metrics;

import java.util.List;

/** Every meter of the tunnel: the catalogue from which {@code docs/metrics.md} is generated. <em>Immutable</em>. */
public enum TunnelMeter implements DescribedMeter {
    STREAMS_OPEN("penstock.streams.open", MeterKind.GAUGE, "", "Streams that are open now."),
    STREAMS_OPENED("penstock.streams.opened", MeterKind.COUNTER, "", "Streams opened since start."),
    STREAMS_CLOSED(
            "penstock.streams.closed",
            MeterKind.COUNTER,
            "",
            "Streams closed since start, by reset code (none is a clean end) and by who began the end.",
            "code",
            "initiator"),
    STREAMS_REFUSED(
            "penstock.streams.refused", MeterKind.COUNTER, "", "Streams refused before they began, by reason.", "code"),
    BYTES(
            "penstock.bytes",
            MeterKind.COUNTER,
            "bytes",
            "Payload bytes of streams, sent to or received from the other end of the links.",
            "direction"),
    CREDIT(
            "penstock.credit.outstanding",
            MeterKind.GAUGE,
            "bytes",
            "Bytes that the peers let this side send now, over all streams."),
    WINDOW("penstock.credit.window", MeterKind.GAUGE, "bytes", "Size of the receive windows of all streams."),
    STARVED(
            "penstock.credit.starved",
            MeterKind.COUNTER,
            "seconds",
            "Time that streams with bytes to send have waited for nothing but credit, suggesting a slow reader behind the far end."),
    LINKS_OPEN(
            "penstock.links.open",
            MeterKind.GAUGE,
            "",
            "Links that are not over: open, draining, or waiting for another carrier."),
    LINKS_CLOSED("penstock.links.closed", MeterKind.COUNTER, "", "Links closed since start, by reset code.", "code"),
    CARRIERS_LOST(
            "penstock.link.carriers.lost",
            MeterKind.COUNTER,
            "",
            "Carriers that links lost or gave up, and kept waiting for another."),
    WITHOUT_CARRIER(
            "penstock.link.without.carrier",
            MeterKind.TIMER,
            "seconds",
            "How long links were without a carrier before they went on, on another one."),
    LINK_SATURATION(
            "penstock.link.saturation",
            MeterKind.GAUGE,
            "",
            "How much of what a link may send is used up: 0 (free) to 1 (nothing more may leave). The link is numbered from 0.",
            "link"),
    LINK_UNACKNOWLEDGED(
            "penstock.link.unacknowledged",
            MeterKind.GAUGE,
            "bytes",
            "Bytes sent that the far ends have not acknowledged."),
    QUEUED("penstock.queued", MeterKind.GAUGE, "bytes", "Bytes of streams that wait to leave for the far ends."),
    BUFFERED(
            "penstock.buffered",
            MeterKind.GAUGE,
            "bytes",
            "Bytes received that sockets on this side have not taken yet."),
    BUDGET_USED("penstock.budget.used", MeterKind.GAUGE, "bytes", "Bytes held against the memory budget."),
    BUDGET_LIMIT("penstock.budget.limit", MeterKind.GAUGE, "bytes", "The memory budget for bytes held."),
    BUDGET_PEAK(
            "penstock.budget.peak",
            MeterKind.GAUGE,
            "bytes",
            "The most bytes held at once while memory was short; 0 when it never was."),
    ROUND_TRIP(
            "penstock.keepalive.round.trip", MeterKind.TIMER, "seconds", "Round trip of the links' PINGs, smoothed."),
    TLS_RELOADS(
            "penstock.tls.reloads",
            MeterKind.COUNTER,
            "",
            "Times that TLS files had changed: taken, or failed because they are of no use and the old ones stay in force.",
            "outcome");

    @SuppressWarnings("ImmutableEnumChecker") // a record of values and a copied list
    private final MeterDescription description;

    TunnelMeter(String meterName, MeterKind kind, String unit, String meaning, String... tags) {
        this.description = new MeterDescription(meterName, kind, unit, List.of(tags), meaning);
    }

    @Override
    public MeterDescription description() {
        return description;
    }
}
