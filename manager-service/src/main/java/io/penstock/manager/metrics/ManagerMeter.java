package io.penstock.manager.metrics;

import java.util.List;

/**
 * The catalogue of the manager's meters: each one there is, and no other. The documents are generated from it.
 *
 * <p><em>Immutable</em>.
 */
public enum ManagerMeter {
    AGENTS_ATTACHED("agents_attached", Kind.GAUGE, "", List.of(), "Agents with an Attach call."),
    GATEWAYS_ATTACHED("gateways_attached", Kind.GAUGE, "", List.of(), "Gateways with an Attach call."),
    SESSIONS("sessions", Kind.GAUGE, "", List.of("state"), "Sessions by state."),
    INTERCEPTS("intercepts", Kind.GAUGE, "", List.of("state"), "Intercepts that have not ended, by state."),
    INTERCEPT_TRANSITIONS(
            "intercept_transitions",
            Kind.COUNTER,
            "",
            List.of("state", "reason"),
            "Intercepts that came into this state for this reason."),
    LINKS_ASSIGNED("links_assigned", Kind.GAUGE, "", List.of(), "Links that agents and gateways are told to keep."),
    LINKS_REPLACED(
            "links_replaced", Kind.COUNTER, "", List.of(), "Links that an end reported closed and that were given up."),
    SNAPSHOTS_SENT("snapshots_sent", Kind.COUNTER, "", List.of("side"), "Snapshots written to agents and to gateways."),
    REPORTS_TAKEN("reports_taken", Kind.COUNTER, "", List.of("side"), "Reports taken from agents and from gateways."),
    STREAMS_OPEN("streams_open", Kind.GAUGE, "", Tags.INTERCEPT, "Streams open now, as the agents report."),
    STREAMS_OPENED("streams_opened", Kind.COUNTER, "", Tags.INTERCEPT, "Streams opened, as the agents report."),
    STREAMS_CLOSED(
            "streams_closed",
            Kind.COUNTER,
            "",
            Tags.INTERCEPT_CODE,
            "Streams closed by reset code; NONE is a clean end."),
    STREAMS_REFUSED(
            "streams_refused",
            Kind.COUNTER,
            "",
            Tags.INTERCEPT_CODE,
            "Streams refused before they were of use, by reset code."),
    STREAM_BYTES(
            "stream_bytes",
            Kind.COUNTER,
            "bytes",
            List.of("workload", "intercept", "direction"),
            "Payload bytes towards the developer's app (TO_APP) and back (FROM_APP)."),
    CONNECTIONS_FAILED_OPEN(
            "connections_failed_open",
            Kind.COUNTER,
            "",
            Tags.INTERCEPT,
            "Connections that the original app answered although the rule was live."),
    LINK_SATURATION(
            "link_saturation",
            Kind.GAUGE,
            "",
            Tags.INTERCEPT,
            "Credit outstanding over window of the most saturated link that carries the intercept: 0 idle, 1 full."),
    RELAY_PAIRS("relay_pairs", Kind.GAUGE, "", List.of(), "Pairs of carriers that the relay splices now."),
    RELAY_WAITING("relay_waiting", Kind.GAUGE, "", List.of(), "Carriers that wait at the relay for their peer."),
    RELAY_BYTES("relay_bytes", Kind.COUNTER, "bytes", List.of("direction"), "Bytes spliced by the relay.");

    private static final String PREFIX = "penstock_manager_";

    /** What a meter measures: the state of now, or a count that only grows. */
    public enum Kind {
        GAUGE,
        COUNTER
    }

    /** Tag lists that several meters share. */
    private static final class Tags {
        static final List<String> INTERCEPT = List.of("workload", "intercept");
        static final List<String> INTERCEPT_CODE = List.of("workload", "intercept", "code");
    }

    private final String meterName;
    private final Kind kind;
    private final String unit;

    @SuppressWarnings("ImmutableEnumChecker") // every constant is given List.of(...)
    private final List<String> tags;

    private final String meaning;

    ManagerMeter(String shortName, Kind kind, String unit, List<String> tags, String meaning) {
        this.meterName = PREFIX + shortName;
        this.kind = kind;
        this.unit = unit;
        this.tags = tags;
        this.meaning = meaning;
    }

    /** The name as registered; the Prometheus page appends "_total" to counters. */
    public String meterName() {
        return meterName;
    }

    public Kind kind() {
        return kind;
    }

    /** The base unit, or empty for a plain number. */
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
