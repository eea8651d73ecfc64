package io.penstock.manager.api.grpc;

import com.google.protobuf.ByteString;
import io.penstock.api.control.v1.FailurePolicy;
import io.penstock.api.control.v1.InterceptPort;
import io.penstock.api.control.v1.InterceptRule;
import io.penstock.api.control.v1.InterceptState;
import io.penstock.api.control.v1.LinkAssignment;
import io.penstock.api.control.v1.Route;
import io.penstock.api.control.v1.Snapshot;
import io.penstock.api.control.v1.WorkloadRef;
import io.penstock.manager.intercept.FailurePolicies;
import io.penstock.manager.intercept.FailurePolicy.Answer;
import io.penstock.manager.intercept.Intercept;
import io.penstock.manager.intercept.PortRule;
import io.penstock.manager.intercept.StateReason;
import io.penstock.manager.pairing.TokenIssuer;
import io.penstock.manager.plane.Picture;
import io.penstock.manager.session.LeasePolicy;
import io.penstock.tunnel.link.LinkSide;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Writes snapshots for one side, with the tokens of that side.
 *
 * <p><em>Immutable</em>.
 */
final class SnapshotCodec {
    private final LinkSide side;
    private final Reachable manager;
    private final TokenIssuer tokens;

    SnapshotCodec(LinkSide side, Reachable manager, TokenIssuer tokens) {
        this.side = side;
        this.manager = manager;
        this.tokens = tokens;
    }

    Snapshot encode(io.penstock.manager.plane.Snapshot snapshot) {
        LeasePolicy lease = manager.lease();
        var wire = Snapshot.newBuilder()
                .setEpoch(snapshot.epoch())
                .setRevision(snapshot.revision())
                .setReportIntervalMillis((int) lease.reportInterval().toMillis())
                .setLeaseMillis((int) lease.lease().toMillis());
        snapshot.picture().rules().forEach(rule -> wire.addIntercepts(rule(rule)));
        snapshot.picture().links().forEach(link -> wire.addLinks(link(link)));
        return wire.build();
    }

    private InterceptRule rule(Picture.Rule rule) {
        Intercept intercept = rule.intercept();
        var spec = intercept.spec();
        StateReason reason = intercept.status().reason();
        var wire = InterceptRule.newBuilder()
                .setId(intercept.id().value())
                .setName(spec.name())
                .setWorkload(WorkloadRef.newBuilder()
                        .setNamespace(spec.workload().namespace())
                        .setKind(spec.workload().kind())
                        .setName(spec.workload().name()))
                .setSessionId(spec.session().value())
                .setState(state(rule.shown()))
                .setReason(reason == StateReason.NONE ? "" : reason.name());
        spec.ports().forEach(port -> wire.addPorts(port(port)));
        policies(wire, spec.onFailure());
        wire.setMaxStreams(spec.limits().maxStreams())
                .setBytesPerSecond(spec.limits().bytesPerSecond());
        return wire.build();
    }

    private static void policies(InterceptRule.Builder wire, FailurePolicies policies) {
        var refused = policies.onAppRefused();
        var loss = policies.onGatewayLoss();
        wire.setOnAppRefused(word(refused))
                .setOnAppRefusedHoldMillis((int) refused.hold().toMillis())
                .setOnAppRefusedThen(word(refused.then()))
                .setOnGatewayLoss(word(loss))
                .setOnGatewayLossHoldMillis((int) loss.hold().toMillis())
                .setOnGatewayLossThen(word(loss.then()));
    }

    private static FailurePolicy word(io.penstock.manager.intercept.FailurePolicy policy) {
        return policy.isHold() ? FailurePolicy.FAILURE_POLICY_HOLD : word(policy.then());
    }

    private static FailurePolicy word(Answer answer) {
        return switch (answer) {
            case FAIL_OPEN -> FailurePolicy.FAILURE_POLICY_FAIL_OPEN;
            case REJECT -> FailurePolicy.FAILURE_POLICY_REJECT;
        };
    }

    /** Where the gateway dials is nobody's business in the cluster. */
    private InterceptPort port(PortRule port) {
        return InterceptPort.newBuilder()
                .setCapture(port.capture())
                .setTarget(side == LinkSide.GATEWAY ? port.target() : "")
                .build();
    }

    private static InterceptState state(io.penstock.manager.intercept.InterceptState state) {
        return switch (state) {
            case PENDING -> InterceptState.INTERCEPT_STATE_PENDING;
            case ACTIVE -> InterceptState.INTERCEPT_STATE_ACTIVE;
            case SUSPENDED -> InterceptState.INTERCEPT_STATE_SUSPENDED;
            case DRAINING -> InterceptState.INTERCEPT_STATE_DRAINING;
            case ENDED -> InterceptState.INTERCEPT_STATE_ENDED;
        };
    }

    private LinkAssignment link(io.penstock.manager.pairing.LinkAssignment link) {
        var wire = LinkAssignment.newBuilder()
                .setLinkId(ByteString.copyFrom(link.id().toBytes()))
                .setSlot(link.slot())
                .setSessionId(link.ends().session().value())
                .setAgentId(link.ends().agent().value());
        switch (link.way().route()) {
            case RELAY ->
                wire.setRoute(Route.ROUTE_RELAY)
                        .setAddress(manager.relayAddress().get())
                        .setTls(manager.relayTls())
                        .setJoinToken(ByteString.copyFrom(token(link, side)));
            case DIRECT -> direct(link, wire.setRoute(Route.ROUTE_DIRECT));
        }
        return wire.build();
    }

    /** The agent waits and is told what the gateway will show; the gateway dials and shows it. */
    private void direct(io.penstock.manager.pairing.LinkAssignment link, LinkAssignment.Builder wire) {
        byte[] shown = token(link, LinkSide.GATEWAY);
        if (side == LinkSide.GATEWAY) {
            wire.setAddress(link.way().agentAddress())
                    .setTls(link.way().agentTls())
                    .setJoinToken(ByteString.copyFrom(shown));
        } else {
            wire.setExpectedTokenSha256(ByteString.copyFrom(sha256(shown)));
        }
    }

    private byte[] token(io.penstock.manager.pairing.LinkAssignment link, LinkSide end) {
        return tokens.issue(link.id(), end, link.expiresAt());
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("SHA-256 is in every JDK", impossible);
        }
    }
}
