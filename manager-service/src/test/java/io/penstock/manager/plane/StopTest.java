package io.penstock.manager.plane;

import static io.penstock.manager.plane.PlaneTester.after;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.manager.agent.AgentId;
import io.penstock.manager.agent.AgentProfile;
import io.penstock.manager.intercept.Intercept;
import io.penstock.manager.intercept.InterceptState;
import io.penstock.manager.session.Route;
import io.penstock.manager.session.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A manager that is told to stop lets what runs come to its end, and leaves everything as it was for the next one. */
final class StopTest {
    private static final String AGENT = "agent-0001";

    private final PlaneTester plane = new PlaneTester();
    private final FakeSubscriber agent = plane.agent(AGENT);
    private final SessionId session = plane.session("ann");
    private final FakeSubscriber gateway = plane.gateway(session);
    private final AtomicInteger quiet = new AtomicInteger();

    private Intercept active() {
        Intercept intercept = plane.intercept(session, "checkout");
        plane.agentSays(AGENT, agent, after(agent).intercept(intercept.id(), true, 1));
        return intercept;
    }

    private void drain() {
        plane.people().drain(quiet::incrementAndGet);
    }

    private InterceptState toldTo(FakeSubscriber peer) {
        return peer.newest().picture().rules().get(0).shown();
    }

    @Test
    void tellsAgentsToDivertNoMoreAndKeepsTheStates() {
        Intercept intercept = active();

        drain();

        assertThat(toldTo(agent)).isEqualTo(InterceptState.SUSPENDED);
        assertThat(toldTo(gateway)).isEqualTo(InterceptState.ACTIVE);
        assertThat(agent.newest().picture().links()).isNotEmpty();
        plane.elapse(Duration.ofSeconds(20));
        assertThat(plane.status(intercept.id()).state()).isEqualTo(InterceptState.ACTIVE);
    }

    @Test
    void waitsUntilEachAgentHasHeardOfItAndHasNoStreamOpen() {
        Intercept intercept = active();

        drain();
        assertThat(quiet).hasValue(0);
        plane.agentSays(AGENT, agent, after(agent).intercept(intercept.id(), false, 1));
        assertThat(quiet).hasValue(0);
        plane.agentSays(AGENT, agent, after(agent).intercept(intercept.id(), false, 0));

        assertThat(quiet).hasPositiveValue();
    }

    @Test
    void doesNotTakeAnOldReportForAnAnswer() {
        Intercept intercept = active();
        var old = after(agent).intercept(intercept.id(), true, 0);

        drain();
        plane.agentSays(AGENT, agent, old);

        assertThat(quiet).hasValue(0);
    }

    @Test
    void doesNotWaitWhereNothingCanRun() {
        drain();

        assertThat(quiet).hasPositiveValue();
    }

    @Test
    void leavesDirectLinksAsTheyAre() {
        PlaneTester direct = new PlaneTester();
        FakeSubscriber near = new FakeSubscriber();
        var profile = new AgentProfile(
                PlaneTester.CHECKOUT,
                List.of(new AgentProfile.Capture(8080, "127.0.0.1:8081")),
                2,
                "10.0.0.1:7071",
                false,
                "test");
        direct.peers().attachAgent(new AgentId(AGENT), profile, near);
        SessionId laptop = direct.session("ann");
        direct.peers().attachGateway(laptop, Route.DIRECT, new FakeSubscriber());
        Intercept intercept = direct.intercept(laptop, "checkout");
        direct.agentSays(AGENT, near, after(near).intercept(intercept.id(), true, 1));

        direct.people().drain(quiet::incrementAndGet);

        assertThat(toldTo(near)).isEqualTo(InterceptState.ACTIVE);
        assertThat(quiet).hasPositiveValue();
    }

    @Test
    void waitsForAnAgentThatHasNotComeBackSinceTheStart() {
        active();
        plane.restart();

        drain();

        assertThat(quiet).hasValue(0);
    }

    @Test
    void letsTheNextManagerDivertAgain() {
        Intercept intercept = active();
        drain();

        plane.restart();
        FakeSubscriber again = plane.agent(AGENT);

        assertThat(toldTo(again)).isEqualTo(InterceptState.ACTIVE);
        assertThat(plane.status(intercept.id()).state()).isEqualTo(InterceptState.ACTIVE);
    }
}
