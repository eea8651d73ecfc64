package io.penstock.manager.plane;

import io.penstock.manager.agent.AgentId;
import io.penstock.manager.agent.AgentProfile;
import io.penstock.manager.pairing.LinkAssignment.Ends;
import io.penstock.manager.report.Report;
import io.penstock.manager.session.Route;
import io.penstock.manager.session.SessionId;
import io.penstock.tunnel.link.LinkSide;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * What agents and gateways say on their Attach calls. A call that has lost its seat to a newer one is not listened to.
 *
 * <p><em>Loop-confined</em>.
 */
public final class Attendance {
    private final PlaneState state;
    private final PlaneTime time;
    private final Settlement settlement;
    private final PlaneEvents events;
    private final Duration reportInterval;

    Attendance(PlaneState state, PlaneTime time, Settlement settlement, PlaneEvents events, Duration reportInterval) {
        this.state = state;
        this.time = time;
        this.settlement = settlement;
        this.events = events;
        this.reportInterval = reportInterval;
    }

    /** Seats an agent's call; its first snapshot is offered before this returns. */
    public void attachAgent(AgentId id, AgentProfile profile, Subscriber subscriber) {
        state.agents().attached(id, profile, time.wall(), time.steady());
        settlement.agents().take(id, subscriber);
        settlement.settle();
    }

    public void agentReported(AgentId id, Subscriber subscriber, Report report) {
        if (!settlement.agents().isSeated(id, subscriber)) {
            return;
        }
        events.onReport(LinkSide.AGENT);
        state.agents().heard(id, report, time.steady());
        report.intercepts().forEach((intercept, figure) -> {
            if (state.intercepts().find(intercept).isPresent()) {
                state.ledger().record(intercept, id.value(), figure.counts());
            }
        });
        state.links().reported(report.links(), time.steady());
        heard(
                report,
                ends -> ends.agent().equals(id),
                (ends, at) -> state.sessions().vouched(ends.session(), at));
        settlement.settle();
    }

    /** Lets an end vouch for the far ends of its own links: who is heard there is there, even without a call of its own. */
    private void heard(Report report, Predicate<Ends> isOwn, BiConsumer<Ends, Instant> vouch) {
        report.links()
                .forEach((id, figure) -> figure.heard(time.steady(), reportInterval)
                        .ifPresent(at ->
                                state.links().endsOf(id).filter(isOwn).ifPresent(ends -> vouch.accept(ends, at))));
    }

    /** The call ended; the agent's lease goes on. */
    public void detachAgent(AgentId id, Subscriber subscriber) {
        settlement.agents().leave(id, subscriber);
    }

    /** Seats a gateway's call; refuses an unknown session. */
    public void attachGateway(SessionId id, Route route, Subscriber subscriber) {
        state.sessions().attached(id, route, time.steady());
        settlement.gateways().take(id, subscriber);
        settlement.settle();
    }

    public void gatewayReported(SessionId id, Subscriber subscriber, Report report) {
        if (!settlement.gateways().isSeated(id, subscriber)) {
            return;
        }
        events.onReport(LinkSide.GATEWAY);
        state.sessions().heard(id, time.steady());
        state.gatewayReports().put(id, report);
        state.links().reported(report.links(), time.steady());
        heard(
                report,
                ends -> ends.session().equals(id),
                (ends, at) -> state.agents().vouched(ends.agent(), at));
        settlement.settle();
    }

    /** The call ended; the session's lease goes on. */
    public void detachGateway(SessionId id, Subscriber subscriber) {
        if (settlement.gateways().leave(id, subscriber)) {
            state.sessions().detached(id);
            settlement.settle();
        }
    }
}
