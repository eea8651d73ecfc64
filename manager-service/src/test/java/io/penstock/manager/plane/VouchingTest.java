package io.penstock.manager.plane;

import static io.penstock.manager.plane.PlaneTester.after;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.manager.agent.AgentId;
import io.penstock.manager.intercept.Intercept;
import io.penstock.manager.intercept.InterceptState;
import io.penstock.manager.intercept.StateReason;
import io.penstock.manager.pairing.LinkAssignment;
import io.penstock.manager.report.LinkCondition;
import io.penstock.manager.session.SessionId;
import io.penstock.manager.session.SessionState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who does not reach the manager, but is heard at the other end of a link, is there. */
final class VouchingTest {
    private static final String AGENT = "agent-0001";
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final PlaneTester plane = new PlaneTester();
    private final FakeSubscriber agent = plane.agent(AGENT);
    private final SessionId session = plane.session("ann");
    private final FakeSubscriber gateway = plane.gateway(session);
    private Intercept intercept;

    @BeforeEach
    void intercept() {
        intercept = plane.intercept(session, "checkout");
        plane.agentSays(AGENT, agent, after(agent).intercept(intercept.id(), true, 1));
    }

    private void agentReports(int times, LinkCondition condition, int silentMillis) {
        for (int i = 0; i < times; i++) {
            plane.elapse(INTERVAL);
            var script = after(agent).intercept(intercept.id(), true, 1);
            links(agent).forEach(link -> script.link(link, condition, 0, silentMillis));
            plane.agentSays(AGENT, agent, script);
        }
    }

    private void gatewayReports(int times, LinkCondition condition, int silentMillis) {
        for (int i = 0; i < times; i++) {
            plane.elapse(INTERVAL);
            var script = after(gateway);
            links(gateway).forEach(link -> script.link(link, condition, 0, silentMillis));
            plane.peers().gatewayReported(session, gateway, script.report());
        }
    }

    private static List<LinkAssignment> links(FakeSubscriber subscriber) {
        return subscriber.newest().picture().links();
    }

    @Test
    void keepsASessionWhoseGatewayItsAgentHears() {
        plane.peers().detachGateway(session, gateway);

        agentReports(20, LinkCondition.OPEN, 2000);

        assertThat(plane.status(intercept.id()).state()).isEqualTo(InterceptState.ACTIVE);
        assertThat(plane.people().session(session).state()).isEqualTo(SessionState.AWAITED);
        assertThat(links(agent)).hasSize(2);
    }

    @Test
    void keepsAnAgentThatItsGatewayHears() {
        plane.peers().detachAgent(new AgentId(AGENT), agent);

        gatewayReports(20, LinkCondition.OPEN, 2000);

        assertThat(plane.people().agents()).hasSize(1);
        assertThat(plane.status(intercept.id()).state()).isEqualTo(InterceptState.ACTIVE);
        assertThat(links(gateway)).hasSize(2);
    }

    @Test
    void isOverWhenTheLinkHasNoCarrier() {
        plane.peers().detachGateway(session, gateway);
        agentReports(4, LinkCondition.OPEN, 100);

        agentReports(4, LinkCondition.RESUMING, 100);

        assertThat(plane.people().session(session).state()).isEqualTo(SessionState.LOST);
        assertThat(plane.status(intercept.id()).state()).isEqualTo(InterceptState.SUSPENDED);
        assertThat(plane.status(intercept.id()).reason()).isEqualTo(StateReason.GATEWAY_LOST);
    }

    /** As a sleeping laptop looks: the connection stands, and nothing comes. */
    @Test
    void isOverALeaseAfterTheLastByte() {
        plane.peers().detachGateway(session, gateway);
        agentReports(1, LinkCondition.OPEN, 100);

        for (int silent = 5; silent <= 15; silent += 5) {
            agentReports(1, LinkCondition.OPEN, silent * 1000);
        }

        assertThat(plane.people().session(session).state()).isEqualTo(SessionState.LOST);
    }

    @Test
    void countsForNothingWhenTheEndDoesNotSayHowLongAgo() {
        plane.peers().detachGateway(session, gateway);

        agentReports(4, LinkCondition.OPEN, 0);

        assertThat(plane.people().session(session).state()).isEqualTo(SessionState.LOST);
    }

    @Test
    void isForOnesOwnLinksOnly() {
        plane.peers().detachGateway(session, gateway);
        FakeSubscriber other = plane.agent("agent-0002");
        List<LinkAssignment> others = links(agent);

        for (int i = 0; i < 4; i++) {
            plane.elapse(INTERVAL);
            var script = after(other);
            others.forEach(link -> script.link(link, LinkCondition.OPEN, 0, 1));
            plane.agentSays("agent-0002", other, script);
        }

        assertThat(plane.people().session(session).state()).isEqualTo(SessionState.LOST);
    }

    /** A killed gateway leaves its session behind; its owner comes again with another one. */
    @Test
    void givesWayToItsOwnerAsSoonAsTheCallHasEnded() {
        plane.peers().detachGateway(session, gateway);
        SessionId again = plane.session("ann");

        Intercept fresh = plane.intercept(again, "checkout");

        assertThat(plane.status(intercept.id()).reason()).isEqualTo(StateReason.REPLACED);
        assertThat(plane.status(fresh.id()).state()).isEqualTo(InterceptState.PENDING);
    }
}
