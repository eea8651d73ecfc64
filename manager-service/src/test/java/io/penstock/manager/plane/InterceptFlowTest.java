package io.penstock.manager.plane;

import static io.penstock.manager.plane.PlaneTester.after;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.manager.agent.AgentId;
import io.penstock.manager.intercept.Intercept;
import io.penstock.manager.intercept.InterceptState;
import io.penstock.manager.intercept.StateReason;
import io.penstock.manager.plane.PlaneTester.ReportScript;
import io.penstock.manager.refusal.Refusal;
import io.penstock.manager.refusal.RefusalCode;
import io.penstock.manager.session.SessionId;
import io.penstock.manager.session.SessionState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What happens to an intercept while agents and gateways come, speak, fall silent and go. */
final class InterceptFlowTest {
    private static final String AGENT = "agent-0001";

    private final PlaneTester plane = new PlaneTester();
    private final FakeSubscriber agent = plane.agent(AGENT);
    private final SessionId session = plane.session("ann");
    private final FakeSubscriber gateway = plane.gateway(session);

    private Intercept active() {
        Intercept intercept = plane.intercept(session, "checkout");
        plane.agentSays(AGENT, agent, after(agent).intercept(intercept.id(), true, 3));
        return intercept;
    }

    private void assertStanding(Intercept intercept, InterceptState state, StateReason reason) {
        assertThat(plane.status(intercept.id()).state()).isEqualTo(state);
        assertThat(plane.status(intercept.id()).reason()).isEqualTo(reason);
    }

    /** Keeps both ends' leases alive for this long. */
    private void elapseWithReports(Duration duration, Intercept intercept, boolean live) {
        for (int i = 0; i < duration.toSeconds(); i += 5) {
            plane.elapse(Duration.ofSeconds(5));
            plane.agentSays(AGENT, agent, after(agent).intercept(intercept.id(), live, 0));
            plane.peers().gatewayReported(session, gateway, after(gateway).report());
        }
    }

    @Test
    void waitsForALinkAndIsActiveOnceAnAgentDiverts() {
        Intercept intercept = plane.intercept(session, "checkout");

        assertStanding(intercept, InterceptState.PENDING, StateReason.WAITING_FOR_LINK);
        assertThat(agent.states()).containsExactly(InterceptState.PENDING);
        assertThat(agent.newest().picture().links()).hasSize(2);
        assertThat(gateway.newest().picture().links())
                .isEqualTo(agent.newest().picture().links());

        plane.agentSays(AGENT, agent, after(agent).intercept(intercept.id(), true, 0));

        assertStanding(intercept, InterceptState.ACTIVE, StateReason.NONE);
        assertThat(gateway.states()).containsExactly(InterceptState.ACTIVE);
    }

    @Test
    void isSuspendedWhenNoAgentDivertsAnyMoreAndTellsAgentsToDivertWhenTheyCan() {
        Intercept intercept = active();

        plane.agentSays(AGENT, agent, after(agent).intercept(intercept.id(), false, 0));

        assertStanding(intercept, InterceptState.SUSPENDED, StateReason.LINK_LOST);
        assertThat(gateway.states()).containsExactly(InterceptState.SUSPENDED);
        assertThat(agent.states()).containsExactly(InterceptState.PENDING);

        plane.agentSays(AGENT, agent, after(agent).intercept(intercept.id(), true, 0));

        assertStanding(intercept, InterceptState.ACTIVE, StateReason.NONE);
    }

    @Test
    void isSuspendedWhenTheLastAgentIsNotHeardForALease() {
        Intercept intercept = active();

        for (int i = 0; i < 3; i++) {
            plane.elapse(Duration.ofSeconds(5));
            plane.peers().gatewayReported(session, gateway, after(gateway).report());
        }

        assertStanding(intercept, InterceptState.SUSPENDED, StateReason.NO_AGENT);
        assertThat(agent.ending()).isEqualTo(Subscriber.Ending.LEASE_OVER);
        assertThat(plane.people().agents()).isEmpty();
        assertThat(gateway.newest().picture().links()).isEmpty();
    }

    @Test
    void goesBackToTheAppWhenTheGatewayIsSilentForALeaseAndResumesByItself() {
        Intercept intercept = active();
        var stale = after(agent).intercept(intercept.id(), true, 0);

        for (int i = 0; i < 3; i++) {
            plane.elapse(Duration.ofSeconds(5));
            plane.agentSays(AGENT, agent, after(agent).intercept(intercept.id(), true, 0));
        }

        assertStanding(intercept, InterceptState.SUSPENDED, StateReason.GATEWAY_LOST);
        assertThat(plane.people().session(session).state()).isEqualTo(SessionState.LOST);
        assertThat(agent.states()).containsExactly(InterceptState.SUSPENDED);
        assertThat(agent.newest().picture().links()).isEmpty();

        plane.peers().gatewayReported(session, gateway, after(gateway).report());

        assertStanding(intercept, InterceptState.SUSPENDED, StateReason.LINK_LOST);
        assertThat(agent.states()).containsExactly(InterceptState.PENDING);
        assertThat(agent.newest().picture().links()).hasSize(2);

        plane.agentSays(AGENT, agent, stale);

        assertStanding(intercept, InterceptState.SUSPENDED, StateReason.LINK_LOST);

        plane.agentSays(AGENT, agent, after(agent).intercept(intercept.id(), true, 0));

        assertStanding(intercept, InterceptState.ACTIVE, StateReason.NONE);
    }

    @Test
    void endsWhenTheGatewayIsLostForLongerThanTheGrace() {
        Intercept intercept = active();

        for (int i = 0; i < 62 * 10 / 5; i++) {
            plane.elapse(Duration.ofSeconds(5));
            plane.agentSays(AGENT, agent, after(agent).intercept(intercept.id(), false, 0));
        }

        assertStanding(intercept, InterceptState.ENDED, StateReason.SESSION_EXPIRED);
        assertThat(plane.people().sessions()).isEmpty();
        assertThat(gateway.ending()).isEqualTo(Subscriber.Ending.LEASE_OVER);
        assertThat(agent.newest().picture().rules()).isEmpty();
    }

    @Test
    void drainsUntilEachAgentThatKnowsReportsNoOpenStream() {
        Intercept intercept = active();
        var stale = after(agent).intercept(intercept.id(), true, 0);

        InterceptView left = plane.people().leave(intercept.id());
        plane.agentSays(AGENT, agent, stale);

        assertThat(left.intercept().state()).isEqualTo(InterceptState.DRAINING);
        assertStanding(intercept, InterceptState.DRAINING, StateReason.LEFT);
        assertThat(agent.states()).containsExactly(InterceptState.DRAINING);
        assertThat(agent.newest().picture().links()).hasSize(2);

        plane.agentSays(AGENT, agent, after(agent).intercept(intercept.id(), false, 1));
        assertStanding(intercept, InterceptState.DRAINING, StateReason.LEFT);
        plane.agentSays(AGENT, agent, after(agent).intercept(intercept.id(), false, 0));

        assertStanding(intercept, InterceptState.ENDED, StateReason.LEFT);
        assertThat(agent.newest().picture()).isEqualTo(new Picture(java.util.List.of(), java.util.List.of()));
        assertThat(plane.people().leave(intercept.id()).intercept().state()).isEqualTo(InterceptState.ENDED);
    }

    @Test
    void drainsNoLongerThanTheGrace() {
        Intercept intercept = active();

        plane.people().leave(intercept.id());
        for (int i = 0; i < 6; i++) {
            assertStanding(intercept, InterceptState.DRAINING, StateReason.LEFT);
            plane.agentSays(AGENT, agent, after(agent).intercept(intercept.id(), false, 1));
            plane.peers().gatewayReported(session, gateway, after(gateway).report());
            plane.elapse(Duration.ofSeconds(5));
        }

        assertStanding(intercept, InterceptState.ENDED, StateReason.LEFT);
    }

    @Test
    void endsWithItsSessionThatDeparts() {
        Intercept intercept = active();

        plane.people().depart(session);

        assertStanding(intercept, InterceptState.DRAINING, StateReason.SESSION_DEPARTED);
        assertThatThrownBy(() -> plane.intercept(session, "other"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("departing");

        plane.agentSays(AGENT, agent, after(agent).intercept(intercept.id(), false, 0));

        assertStanding(intercept, InterceptState.ENDED, StateReason.SESSION_DEPARTED);
        assertThat(gateway.ending()).isEqualTo(Subscriber.Ending.DEPARTED);
        assertThat(plane.people().sessions()).isEmpty();
    }

    @Test
    void doesNotBelieveAReportOfAnotherEpoch() {
        Intercept intercept = plane.intercept(session, "checkout");

        plane.agentSays(AGENT, agent, new ReportScript("another", 1000).intercept(intercept.id(), true, 0));

        assertStanding(intercept, InterceptState.PENDING, StateReason.WAITING_FOR_LINK);
    }

    @Test
    void doesNotCountTheTimeInWhichTheManagerItselfStoodStill() {
        Intercept intercept = active();

        plane.leap(Duration.ofHours(8));

        assertStanding(intercept, InterceptState.ACTIVE, StateReason.NONE);
        elapseWithReports(Duration.ofSeconds(30), intercept, true);
        assertStanding(intercept, InterceptState.ACTIVE, StateReason.NONE);
    }

    @Test
    void listensToTheNewerOfTwoCallsOfOneAgent() {
        Intercept intercept = active();
        FakeSubscriber second = plane.agent(AGENT);

        assertThat(agent.ending()).isEqualTo(Subscriber.Ending.TAKEN_OVER);
        assertThat(second.states()).containsExactly(InterceptState.ACTIVE);

        plane.agentSays(AGENT, agent, after(second).intercept(intercept.id(), false, 0));
        plane.peers().detachAgent(new AgentId(AGENT), agent);
        plane.people().leave(intercept.id());

        assertThat(second.states()).containsExactly(InterceptState.DRAINING);
    }

    @Test
    void listensToTheNewerOfTwoCallsOfOneSession() {
        Intercept intercept = active();
        FakeSubscriber second = plane.gateway(session);

        plane.peers().detachGateway(session, gateway);

        assertThat(gateway.ending()).isEqualTo(Subscriber.Ending.TAKEN_OVER);
        assertThat(second.states()).containsExactly(InterceptState.ACTIVE);
        assertThat(plane.people().session(session).state()).isEqualTo(SessionState.ATTACHED);
        assertStanding(intercept, InterceptState.ACTIVE, StateReason.NONE);
    }

    @Test
    void sendsNothingWhenNothingChanges() {
        Intercept intercept = active();
        int before = agent.count() + gateway.count();

        elapseWithReports(Duration.ofSeconds(30), intercept, true);

        assertThat(agent.count() + gateway.count()).isEqualTo(before);
    }

    @Test
    void namesTheHolderSinceWhenAndHowToTakeOver() {
        active();
        SessionId other = plane.session("bob");
        plane.elapse(Duration.ofSeconds(3));

        assertThatThrownBy(() -> plane.people().create(plane.spec(other, "mine", "bob", 8080)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.CONFLICT))
                .hasMessageContaining("shop/checkout port 8080: held by intercept \"checkout\"")
                .hasMessageContaining("of ann since 2026-11-22T10:00:00Z, for 3 s")
                .hasMessageContaining("penstock leave checkout");
    }

    @Test
    void replacesTheOwnersOwnInterceptWhoseGatewayIsLost() {
        Intercept stale = active();
        for (int i = 0; i < 3; i++) {
            plane.elapse(Duration.ofSeconds(5));
            plane.agentSays(AGENT, agent, after(agent).intercept(stale.id(), false, 0));
        }
        SessionId again = plane.session("ann");

        Intercept fresh = plane.intercept(again, "checkout");

        assertStanding(stale, InterceptState.DRAINING, StateReason.REPLACED);
        assertStanding(fresh, InterceptState.PENDING, StateReason.WAITING_FOR_LINK);
    }

    @Test
    void refusesUnknownWorkloadsPortsAndSessions() {
        assertThatThrownBy(() -> plane.people().create(plane.spec(session, "", "ann", 9999)))
                .hasMessage("ports.capture: 9999 (expected: a port that an agent captures: 8080)");
        assertThatThrownBy(() -> plane.intercept(new SessionId("s-none"), ""))
                .hasMessageContaining("session: s-none (expected:");
        assertThatThrownBy(() -> new PlaneTester().intercept(plane.session("x"), ""))
                .isInstanceOf(Refusal.class);
        PlaneTester empty = new PlaneTester();
        SessionId alone = empty.session("ann");
        assertThatThrownBy(() -> empty.intercept(alone, ""))
                .hasMessage("workload: shop/checkout (expected: a workload with an agent: none is attached)");
    }

    @Test
    void keepsOnlyTheNewestEndedIntercepts() {
        for (int i = 0; i < 8; i++) {
            Intercept intercept = plane.intercept(session, "");
            plane.people().leave(intercept.id());
            plane.agentSays(AGENT, agent, after(agent));
        }

        assertThat(plane.people().intercepts())
                .hasSize(5)
                .allMatch(each -> each.intercept().state() == InterceptState.ENDED);
    }

    @Test
    void refusesMoreThanTheLimits() {
        for (int i = 0; i < 4; i++) {
            plane.session("s" + i);
        }

        assertThatThrownBy(() -> plane.session("one too many")).hasMessage("sessions: 5 (expected: fewer than 5)");
    }
}
