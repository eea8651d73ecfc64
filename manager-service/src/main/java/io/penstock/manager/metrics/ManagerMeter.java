package io.penstock.manager.metrics;

import io.penstock.tunnel.metrics.DescribedMeter;
import io.penstock.tunnel.metrics.MeterDescription;
import io.penstock.tunnel.metrics.MeterKind;
import java.util.List;

/**
 * The catalogue of the manager's meters: each one there is, and no other. The documents are generated from it.
 *
 * <p><em>Immutable</em>.
 */
public enum ManagerMeter implements DescribedMeter {
    AGENTS_ATTACHED("agents.attached", MeterKind.GAUGE, "", List.of(), "Agents with an Attach call."),
    GATEWAYS_ATTACHED("gateways.attached", MeterKind.GAUGE, "", List.of(), "Gateways with an Attach call."),
    SESSIONS("sessions", MeterKind.GAUGE, "", List.of("state"), "Sessions by state."),
    INTERCEPTS("intercepts", MeterKind.GAUGE, "", List.of("state"), "Intercepts that have not ended, by state."),
    INTERCEPT_TRANSITIONS(
            "intercept.transitions",
            MeterKind.COUNTER,
            "",
            List.of("state", "reason"),
            "Intercepts that came into this state for this reason."),
    LINKS_ASSIGNED(
            "links.assigned", MeterKind.GAUGE, "", List.of(), "Links that agents and gateways are told to keep."),
    LINKS_REPLACED(
            "links.replaced",
            MeterKind.COUNTER,
            "",
            List.of(),
            "Links that an end reported closed and that were given up."),
    SNAPSHOTS_SENT(
            "snapshots.sent", MeterKind.COUNTER, "", List.of("side"), "Snapshots written to agents and to gateways."),
    REPORTS_TAKEN(
            "reports.taken", MeterKind.COUNTER, "", List.of("side"), "Reports taken from agents and from gateways."),
    STREAMS_OPEN("streams.open", MeterKind.GAUGE, "", Tags.INTERCEPT, "Streams open now, as the agents report."),
    STREAMS_OPENED("streams.opened", MeterKind.COUNTER, "", Tags.INTERCEPT, "Streams opened, as the agents report."),
    STREAMS_CLOSED(
            "streams.closed",
            MeterKind.COUNTER,
            "",
            Tags.INTERCEPT_CODE,
            "Streams closed by reset code; none is a clean end."),
    STREAMS_REFUSED(
            "streams.refused",
            MeterKind.COUNTER,
            "",
            Tags.INTERCEPT_CODE,
            "Streams refused before they were of use, by reset code."),
    STREAM_BYTES(
            "stream.bytes",
            MeterKind.COUNTER,
            "bytes",
            List.of("workload", "intercept", "direction"),
            "Payload bytes towards the developer's app (to_app) and back (from_app)."),
    CONNECTIONS_FAILED_OPEN(
            "connections.failed.open",
            MeterKind.COUNTER,
            "",
            Tags.INTERCEPT,
            "Connections that the original app answered although the rule was live."),
    LINK_SATURATION(
            "link.saturation",
            MeterKind.GAUGE,
            "",
            Tags.INTERCEPT,
            "How much of what it may send is used up on the most saturated link that carries the intercept: 0 (free) to 1."),
    STORE_WRITES(
            "store.writes",
            MeterKind.COUNTER,
            "",
            List.of("outcome"),
            "Writes of the state: written, failed, or late, which is counted again when it ends."),
    STORE_UNWRITTEN(
            "store.unwritten",
            MeterKind.GAUGE,
            "",
            List.of(),
            "Sessions, agents, intercepts and links that differ from what the store has; 0 unless it cannot be written."),
    RELAY_PAIRS("relay.pairs", MeterKind.GAUGE, "", List.of(), "Pairs of carriers that the relay joins now."),
    RELAY_PAIRED("relay.paired", MeterKind.COUNTER, "", List.of(), "Pairs of carriers that the relay has joined."),
    RELAY_WAITING(
            "relay.waiting",
            MeterKind.GAUGE,
            "",
            List.of(),
            "Carriers with a good token that wait for the other side's."),
    RELAY_JOINING(
            "relay.joining",
            MeterKind.GAUGE,
            "",
            List.of(),
            "Connections at the relay that have not shown a token yet."),
    RELAY_REFUSED("relay.refused", MeterKind.COUNTER, "", List.of("code"), "Carriers that the relay turned away."),
    RELAY_BYTES(
            "relay.bytes",
            MeterKind.COUNTER,
            "bytes",
            List.of("from"),
            "Bytes that the relay moved, by the side they came from."),
    TLS_RELOADS(
            "relay.tls.reloads",
            MeterKind.COUNTER,
            "",
            List.of("outcome"),
            "Times that the relay's TLS files had changed: taken, or failed because they are of no use and the old ones stay"
                    + " in force.");

    private static final String PREFIX = "penstock.manager.";

    /** Tag lists that several meters share. */
    private static final class Tags {
        static final List<String> INTERCEPT = List.of("workload", "intercept");
        static final List<String> INTERCEPT_CODE = List.of("workload", "intercept", "code");
    }

    @SuppressWarnings("ImmutableEnumChecker") // a record of values and a copied list
    private final MeterDescription description;

    ManagerMeter(String shortName, MeterKind kind, String unit, List<String> tags, String meaning) {
        this.description = new MeterDescription(PREFIX + shortName, kind, unit, tags, meaning);
    }

    @Override
    public MeterDescription description() {
        return description;
    }
}
