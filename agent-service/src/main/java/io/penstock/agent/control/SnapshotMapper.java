package io.penstock.agent.control;

import io.penstock.agent.control.LinkSpec.AtLinkPort;
import io.penstock.agent.control.LinkSpec.AtRelay;
import io.penstock.agent.control.LinkSpec.Meeting;
import io.penstock.agent.control.LinkSpec.Secret;
import io.penstock.agent.control.RuleSpec.Standing;
import io.penstock.agent.route.DivertRule;
import io.penstock.agent.route.FailurePolicy;
import io.penstock.agent.route.Patience;
import io.penstock.api.control.v1.InterceptPort;
import io.penstock.api.control.v1.InterceptRule;
import io.penstock.api.control.v1.InterceptState;
import io.penstock.api.control.v1.LinkAssignment;
import io.penstock.api.control.v1.Route;
import io.penstock.api.control.v1.Snapshot;
import io.penstock.tunnel.link.LinkId;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The wire's snapshot as the agent's.
 *
 * <p><em>Immutable</em>.
 */
final class SnapshotMapper {

    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);
    private static final int LONGEST_HOLD_MILLIS = 300_000;

    private SnapshotMapper() {}

    /**
     * Maps a snapshot.
     *
     * @throws IllegalArgumentException when a field is not what the contract says
     */
    static AgentSnapshot map(Snapshot snapshot) {
        int interval = snapshot.getReportIntervalMillis();
        return new AgentSnapshot(
                new AgentSnapshot.Version(snapshot.getEpoch(), snapshot.getRevision()),
                snapshot.getInterceptsList().stream().map(SnapshotMapper::rule).toList(),
                snapshot.getLinksList().stream().map(SnapshotMapper::link).toList(),
                interval > 0 ? Duration.ofMillis(interval) : DEFAULT_INTERVAL);
    }

    private static RuleSpec rule(InterceptRule rule) {
        Set<Integer> ports =
                rule.getPortsList().stream().map(InterceptPort::getCapture).collect(Collectors.toUnmodifiableSet());
        Patience refused =
                patience(rule.getOnAppRefused(), rule.getOnAppRefusedHoldMillis(), rule.getOnAppRefusedThen());
        Patience loss =
                patience(rule.getOnGatewayLoss(), rule.getOnGatewayLossHoldMillis(), rule.getOnGatewayLossThen());
        return new RuleSpec(
                new DivertRule(rule.getId(), rule.getSessionId(), ports, refused, loss), standing(rule.getState()));
    }

    private static Standing standing(InterceptState state) {
        return switch (state) {
            case INTERCEPT_STATE_PENDING, INTERCEPT_STATE_ACTIVE -> Standing.DIVERT;
            case INTERCEPT_STATE_SUSPENDED -> Standing.GATEWAY_LOST;
            case INTERCEPT_STATE_UNSPECIFIED, INTERCEPT_STATE_DRAINING, INTERCEPT_STATE_ENDED, UNRECOGNIZED ->
                Standing.LEFT;
        };
    }

    private static Patience patience(
            io.penstock.api.control.v1.FailurePolicy policy,
            int millis,
            io.penstock.api.control.v1.FailurePolicy then) {
        return switch (policy) {
            case FAILURE_POLICY_HOLD ->
                new Patience(Duration.ofMillis(Math.max(0, Math.min(millis, LONGEST_HOLD_MILLIS))), end(then));
            case FAILURE_POLICY_UNSPECIFIED, FAILURE_POLICY_FAIL_OPEN, FAILURE_POLICY_REJECT, UNRECOGNIZED ->
                Patience.of(end(policy));
        };
    }

    private static FailurePolicy end(io.penstock.api.control.v1.FailurePolicy policy) {
        return policy == io.penstock.api.control.v1.FailurePolicy.FAILURE_POLICY_REJECT
                ? FailurePolicy.REJECT
                : FailurePolicy.FAIL_OPEN;
    }

    private static LinkSpec link(LinkAssignment link) {
        return new LinkSpec(
                LinkId.of(link.getLinkId().toByteArray()), link.getSlot(), link.getSessionId(), meeting(link));
    }

    private static Meeting meeting(LinkAssignment link) {
        return link.getRoute() == Route.ROUTE_DIRECT
                ? new AtLinkPort(new Secret(link.getExpectedTokenSha256().toByteArray()))
                : new AtRelay(
                        link.getAddress(),
                        link.getTls(),
                        new Secret(link.getJoinToken().toByteArray()));
    }
}
