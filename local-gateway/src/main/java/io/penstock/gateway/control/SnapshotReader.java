package io.penstock.gateway.control;

import io.penstock.api.control.v1.FailurePolicy;
import io.penstock.api.control.v1.Snapshot;
import io.penstock.gateway.session.ControlSnapshot;
import io.penstock.gateway.session.InterceptRule;
import io.penstock.gateway.session.InterceptState;
import io.penstock.gateway.session.LinkAssignment;
import io.penstock.gateway.session.Membership;
import io.penstock.gateway.session.RefusalPolicy;
import io.penstock.gateway.session.Route;
import io.penstock.gateway.session.TrafficLimits;
import io.penstock.tunnel.link.LinkId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The manager's words as the gateway's own types. What a newer manager adds is read as the nearest thing known here.
 *
 * <p><em>Immutable</em>.
 */
final class SnapshotReader {

    private static final int LEAST_INTERVAL_MILLIS = 100;
    private static final int LONGEST_HOLD_MILLIS = 300_000;

    private SnapshotReader() {}

    static ControlSnapshot read(Snapshot words, Membership membership) {
        List<InterceptRule> intercepts =
                words.getInterceptsList().stream().map(SnapshotReader::rule).toList();
        List<LinkAssignment> links = words.getLinksList().stream()
                .map(link -> link(link, membership))
                .toList();
        Duration interval = Duration.ofMillis(Math.max(LEAST_INTERVAL_MILLIS, words.getReportIntervalMillis()));
        return new ControlSnapshot(words.getEpoch(), words.getRevision(), intercepts, links, interval);
    }

    private static InterceptRule rule(io.penstock.api.control.v1.InterceptRule words) {
        List<InterceptRule.Port> ports = words.getPortsList().stream()
                .map(port -> new InterceptRule.Port(port.getCapture(), port.getTarget()))
                .toList();
        return new InterceptRule(
                words.getId(),
                words.getName(),
                words.getWorkload().getNamespace() + "/" + words.getWorkload().getName(),
                ports,
                new InterceptRule.Standing(state(words.getState()), words.getReason()),
                refusal(words),
                limits(words));
    }

    private static TrafficLimits limits(io.penstock.api.control.v1.InterceptRule words) {
        return new TrafficLimits(Math.max(0, words.getMaxStreams()), Math.max(0, words.getBytesPerSecond()));
    }

    private static RefusalPolicy refusal(io.penstock.api.control.v1.InterceptRule words) {
        boolean holds = words.getOnAppRefused() == FailurePolicy.FAILURE_POLICY_HOLD;
        FailurePolicy then = holds ? words.getOnAppRefusedThen() : words.getOnAppRefused();
        int millis = holds ? Math.max(0, Math.min(words.getOnAppRefusedHoldMillis(), LONGEST_HOLD_MILLIS)) : 0;
        return new RefusalPolicy(
                Duration.ofMillis(millis), then == FailurePolicy.FAILURE_POLICY_REJECT ? "REJECT" : "FAIL_OPEN");
    }

    private static InterceptState state(io.penstock.api.control.v1.InterceptState words) {
        return switch (words) {
            case INTERCEPT_STATE_UNSPECIFIED, INTERCEPT_STATE_PENDING, UNRECOGNIZED -> InterceptState.PENDING;
            case INTERCEPT_STATE_ACTIVE -> InterceptState.ACTIVE;
            case INTERCEPT_STATE_SUSPENDED -> InterceptState.SUSPENDED;
            case INTERCEPT_STATE_DRAINING -> InterceptState.DRAINING;
            case INTERCEPT_STATE_ENDED -> InterceptState.ENDED;
        };
    }

    private static LinkAssignment link(io.penstock.api.control.v1.LinkAssignment words, Membership membership) {
        Route route = words.getRoute() == io.penstock.api.control.v1.Route.ROUTE_DIRECT ? Route.DIRECT : Route.RELAY;
        return new LinkAssignment(
                LinkId.of(words.getLinkId().toByteArray()),
                words.getSlot(),
                words.getAgentId(),
                route,
                new LinkAssignment.Door(
                        words.getAddress(),
                        words.getJoinToken().toByteArray(),
                        words.getTls(),
                        Optional.of(membership)));
    }
}
