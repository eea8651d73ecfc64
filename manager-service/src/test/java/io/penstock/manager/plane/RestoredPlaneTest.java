package io.penstock.manager.plane;

import static io.penstock.manager.plane.PlaneTester.after;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.manager.agent.AgentId;
import io.penstock.manager.intercept.Intercept;
import io.penstock.manager.intercept.InterceptId;
import io.penstock.manager.intercept.InterceptState;
import io.penstock.manager.intercept.StateReason;
import io.penstock.manager.pairing.LinkAssignment;
import io.penstock.manager.plane.PlaneTester.ReportScript;
import io.penstock.manager.report.LinkCondition;
import io.penstock.manager.session.SessionId;
import io.penstock.manager.session.SessionState;
import io.penstock.tunnel.link.LinkId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A manager that is killed, and back on the same store: what peers are told before everybody has spoken, and after. */
final class RestoredPlaneTest {
    private static final String AGENT = "agent-0001";

    private final PlaneTester plane = new PlaneTester();
    private FakeSubscriber agent = plane.agent(AGENT);
    private final SessionId session = plane.session("ann");
    private FakeSubscriber gateway = plane.gateway(session);

    private Intercept active() {
        Intercept intercept = plane.intercept(session, "checkout");
        agentSays(intercept.id(), true, 3);
        return intercept;
    }

    private void agentSays(InterceptId id, boolean live, long open) {
        plane.agentSays(AGENT, agent, after(agent).intercept(id, live, open));
    }

    private void gatewaySays() {
        plane.peers().gatewayReported(session, gateway, after(gateway).report());
    }

    private static List<LinkId> links(FakeSubscriber subscriber) {
        return subscriber.newest().picture().links().stream()
                .map(LinkAssignment::id)
                .toList();
    }

    private void assertStanding(Intercept intercept, InterceptState state, StateReason reason) {
        assertThat(plane.status(intercept.id()).state()).isEqualTo(state);
        assertThat(plane.status(intercept.id()).reason()).isEqualTo(reason);
    }

    @Test
    void isActiveWhileNobodyHasSpokenAndListsTheSameLinksToWhoeverComesFirst() {
        Intercept intercept = active();
        List<LinkId> before = links(agent);

        plane.restart();
        plane.elapse(Duration.ofSeconds(3));
        gateway = plane.gateway(session);

        assertStanding(intercept, InterceptState.ACTIVE, StateReason.NONE);
        assertThat(links(gateway)).isEqualTo(before);
        assertThat(gateway.states()).containsExactly(InterceptState.ACTIVE);

        agent = plane.agent(AGENT);

        assertThat(links(agent)).isEqualTo(before);
        assertThat(agent.states()).containsExactly(InterceptState.ACTIVE);
        assertThat(plane.people().intercept(intercept.id()).intercept().createdAt())
                .isEqualTo(intercept.createdAt());
    }

    @Test
    void listsTheSameLinksToAnAgentThatComesBeforeItsGateway() {
        Intercept intercept = active();
        List<LinkId> before = links(agent);

        plane.restart();
        agent = plane.agent(AGENT);

        assertThat(links(agent)).isEqualTo(before);
        assertThat(agent.states()).containsExactly(InterceptState.ACTIVE);
        agentSays(intercept.id(), true, 3);
        assertStanding(intercept, InterceptState.ACTIVE, StateReason.NONE);
    }

    @Test
    void staysActiveWhileAnAgentStillReportsOfTheFormerLife() {
        Intercept intercept = active();
        var old = after(agent).intercept(intercept.id(), true, 3);

        plane.restart();
        agent = plane.agent(AGENT);
        plane.agentSays(AGENT, agent, old);

        assertStanding(intercept, InterceptState.ACTIVE, StateReason.NONE);
    }

    @Test
    void believesAnAgentThatNoLongerDivertsAsSoonAsItSaysSo() {
        Intercept intercept = active();

        plane.restart();
        agent = plane.agent(AGENT);
        agentSays(intercept.id(), false, 0);

        assertStanding(intercept, InterceptState.SUSPENDED, StateReason.LINK_LOST);
    }

    @Test
    void givesUpAnAgentThatDoesNotComeBackWithinTheLease() {
        Intercept intercept = active();

        plane.restart();
        gateway = plane.gateway(session);
        for (int i = 0; i < 3; i++) {
            assertStanding(intercept, InterceptState.ACTIVE, StateReason.NONE);
            plane.elapse(Duration.ofSeconds(5));
            gatewaySays();
        }

        assertStanding(intercept, InterceptState.SUSPENDED, StateReason.NO_AGENT);
        assertThat(links(gateway)).isEmpty();
    }

    @Test
    void presumesNoLongerThanALeaseThatAnAgentDiverts() {
        Intercept intercept = active();
        var old = after(agent).intercept(intercept.id(), true, 3);

        plane.restart();
        agent = plane.agent(AGENT);
        gateway = plane.gateway(session);
        for (int i = 0; i < 3; i++) {
            plane.elapse(Duration.ofSeconds(5));
            plane.agentSays(AGENT, agent, old);
            gatewaySays();
        }

        assertStanding(intercept, InterceptState.SUSPENDED, StateReason.LINK_LOST);
    }

    @Test
    void losesAGatewayThatDoesNotComeBackAndKeepsItsPlaceForTheGrace() {
        Intercept intercept = active();

        plane.restart();
        agent = plane.agent(AGENT);
        for (int i = 0; i < 3; i++) {
            plane.elapse(Duration.ofSeconds(5));
            agentSays(intercept.id(), true, 0);
        }

        assertStanding(intercept, InterceptState.SUSPENDED, StateReason.GATEWAY_LOST);
        assertThat(links(agent)).isEmpty();

        plane.restart();
        agent = plane.agent(AGENT);
        assertThat(plane.people().session(session).state()).isEqualTo(SessionState.LOST);
        assertThat(agent.states()).containsExactly(InterceptState.SUSPENDED);

        gateway = plane.gateway(session);

        assertThat(links(agent)).hasSize(2);
        assertThat(agent.states()).containsExactly(InterceptState.PENDING);
        agentSays(intercept.id(), true, 0);
        assertStanding(intercept, InterceptState.ACTIVE, StateReason.NONE);
    }

    @Test
    void goesOnWaitingForLinks() {
        Intercept intercept = plane.intercept(session, "checkout");
        List<LinkId> before = links(agent);

        plane.restart();
        agent = plane.agent(AGENT);
        gateway = plane.gateway(session);

        assertStanding(intercept, InterceptState.PENDING, StateReason.WAITING_FOR_LINK);
        assertThat(links(agent)).isEqualTo(before).isEqualTo(links(gateway));
    }

    @Test
    void replacesALinkThatAnEndHasGivenUpMeanwhile() {
        Intercept intercept = active();
        LinkAssignment lost = agent.newest().picture().links().get(0);

        plane.restartAfter(Duration.ofMinutes(1));
        agent = plane.agent(AGENT);
        gateway = plane.gateway(session);
        plane.agentSays(
                AGENT, agent, after(agent).intercept(intercept.id(), true, 0).link(lost, LinkCondition.CLOSED, 0));
        plane.elapse(Duration.ofSeconds(1));

        assertThat(links(agent)).hasSize(2).doesNotContain(lost.id()).isEqualTo(links(gateway));
        assertStanding(intercept, InterceptState.ACTIVE, StateReason.NONE);
    }

    @Test
    void goesOnDrainingUntilTheAgentSaysThatItIsEmpty() {
        Intercept intercept = active();
        plane.people().leave(intercept.id());
        List<LinkId> before = links(agent);

        plane.restartAfter(Duration.ofSeconds(10));
        plane.elapse(Duration.ofSeconds(2));
        agent = plane.agent(AGENT);
        gateway = plane.gateway(session);

        assertStanding(intercept, InterceptState.DRAINING, StateReason.LEFT);
        assertThat(agent.states()).containsExactly(InterceptState.DRAINING);
        assertThat(links(agent)).isEqualTo(before).isEqualTo(links(gateway));

        agentSays(intercept.id(), false, 1);
        assertStanding(intercept, InterceptState.DRAINING, StateReason.LEFT);
        agentSays(intercept.id(), false, 0);
        assertStanding(intercept, InterceptState.ENDED, StateReason.LEFT);
    }

    @Test
    void countsTheTimeWithoutAManagerTowardsTheDrainGrace() {
        Intercept intercept = active();
        plane.people().leave(intercept.id());

        plane.restartAfter(Duration.ofSeconds(25));
        agent = plane.agent(AGENT);
        agentSays(intercept.id(), false, 1);
        plane.elapse(Duration.ofSeconds(4));
        assertStanding(intercept, InterceptState.DRAINING, StateReason.LEFT);
        plane.elapse(Duration.ofSeconds(1));

        assertStanding(intercept, InterceptState.ENDED, StateReason.LEFT);
    }

    @Test
    void endsASessionThatWasDepartingOnceItsInterceptHasEnded() {
        Intercept intercept = active();
        plane.people().depart(session);

        plane.restart();
        agent = plane.agent(AGENT);
        assertThat(plane.people().session(session).state()).isEqualTo(SessionState.DEPARTING);
        agentSays(intercept.id(), false, 0);

        assertStanding(intercept, InterceptState.ENDED, StateReason.SESSION_DEPARTED);
        assertThat(plane.people().sessions()).isEmpty();

        plane.restart();
        plane.elapse(Duration.ofSeconds(1));
        assertThat(plane.people().sessions()).isEmpty();
        assertStanding(intercept, InterceptState.ENDED, StateReason.SESSION_DEPARTED);
    }

    @Test
    void letsAnAgentWithANewNameTakeItsPlaceBesideTheOldOnes() {
        Intercept intercept = active();

        plane.restart();
        gateway = plane.gateway(session);
        FakeSubscriber fresh = plane.agent("agent-0002");

        assertStanding(intercept, InterceptState.ACTIVE, StateReason.NONE);
        assertThat(links(fresh)).hasSize(2);
        assertThat(links(gateway)).hasSize(4);
    }

    @Test
    void hasForgottenEverybodyWhenTheStateIsNew() {
        active();
        PlaneTester anew = new PlaneTester();

        FakeSubscriber known = anew.agent(AGENT);

        assertThat(known.newest().picture()).isEqualTo(new Picture(List.of(), List.of()));
        assertThat(anew.people().sessions()).isEmpty();
    }

    @Test
    void doesNotConfuseRevisionsOfTwoLives() {
        Intercept intercept = active();
        plane.restart();
        agent = plane.agent(AGENT);
        gateway = plane.gateway(session);
        plane.people().leave(intercept.id());

        plane.peers().agentReported(new AgentId(AGENT), agent, new ReportScript("former", 1_000_000).report());

        assertStanding(intercept, InterceptState.DRAINING, StateReason.LEFT);
    }

    @Test
    void doesNotBeginTheGraceOfALostSessionAnewAtEachStart() {
        Intercept intercept = active();
        plane.peers().detachGateway(session, gateway);
        plane.elapse(Duration.ofSeconds(16));
        assertThat(plane.people().session(session).state()).isEqualTo(SessionState.LOST);

        plane.restartAfter(Duration.ofMinutes(4));
        plane.restartAfter(Duration.ofMinutes(5));
        plane.elapse(Duration.ofSeconds(30));
        assertThat(plane.people().session(session).state()).isEqualTo(SessionState.LOST);
        plane.elapse(Duration.ofSeconds(40));

        assertThat(plane.people().sessions()).isEmpty();
        assertStanding(intercept, InterceptState.ENDED, StateReason.SESSION_EXPIRED);
    }

    @Test
    void letsALostSessionResumeWithinWhatIsLeftOfItsGrace() {
        Intercept intercept = active();
        plane.peers().detachGateway(session, gateway);
        plane.elapse(Duration.ofSeconds(16));

        plane.restartAfter(Duration.ofMinutes(9));
        gateway = plane.gateway(session);

        assertThat(plane.people().session(session).state()).isEqualTo(SessionState.ATTACHED);
        assertThat(plane.status(intercept.id()).state()).isNotEqualTo(InterceptState.ENDED);
    }
}
