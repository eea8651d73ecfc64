package io.penstock.manager.plane;

import static io.penstock.manager.plane.PlaneTester.after;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.manager.intercept.Intercept;
import io.penstock.manager.intercept.InterceptState;
import io.penstock.manager.intercept.StateReason;
import io.penstock.manager.keep.Writing;
import io.penstock.manager.refusal.Refusal;
import io.penstock.manager.refusal.RefusalCode;
import io.penstock.manager.session.SessionId;
import io.penstock.manager.session.SessionState;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A control plane whose store cannot be written for a while. */
final class FullDiskTest {
    private static final String AGENT = "agent-0001";

    private boolean full;
    private final PlaneTester plane = new PlaneTester(PlaneEvents.NONE, stores());
    private final FakeSubscriber agent = plane.agent(AGENT);
    private final SessionId session = plane.session("ann");
    private final FakeSubscriber gateway = plane.gateway(session);

    private PlaneStore stores() {
        PlaneStore memory = PlaneStore.inMemory();
        Writing disk = work -> full
                ? CompletableFuture.failedFuture(new IllegalStateException("No space left on device"))
                : memory.writing().submit(work);
        return new PlaneStore(memory.sessions(), memory.agents(), memory.intercepts(), memory.links(), disk);
    }

    private static void assertRefused(ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.STORE_UNAVAILABLE))
                .hasMessageContaining("No space left on device");
    }

    @Test
    void refusesWhatIsAskedForAndChangesNothing() {
        Intercept intercept = plane.intercept(session, "checkout");
        plane.agentSays(AGENT, agent, after(agent).intercept(intercept.id(), true, 0));
        int toldAgent = agent.count();
        int toldGateway = gateway.count();
        full = true;

        assertRefused(() -> plane.session("bob"));
        assertRefused(() -> plane.people().leave(intercept.id()));
        assertRefused(() -> plane.people().depart(session));
        plane.elapse(Duration.ofSeconds(1));

        assertThat(plane.status(intercept.id()).state()).isEqualTo(InterceptState.ACTIVE);
        assertThat(plane.people().intercepts()).hasSize(1);
        assertThat(plane.people().sessions()).hasSize(1);
        assertThat(plane.people().session(session).state()).isEqualTo(SessionState.ATTACHED);
        assertThat(agent.count()).isEqualTo(toldAgent);
        assertThat(gateway.count()).isEqualTo(toldGateway);
    }

    @Test
    void stillGivesTrafficBackWhenAGatewayIsLostAndWritesItDownLater() {
        Intercept intercept = plane.intercept(session, "checkout");
        plane.agentSays(AGENT, agent, after(agent).intercept(intercept.id(), true, 0));
        full = true;

        for (int i = 0; i < 3; i++) {
            plane.elapse(Duration.ofSeconds(5));
            plane.agentSays(AGENT, agent, after(agent).intercept(intercept.id(), true, 0));
        }
        assertThat(agent.states()).containsExactly(InterceptState.SUSPENDED);

        full = false;
        plane.elapse(Duration.ofSeconds(2));
        plane.restart();
        plane.elapse(Duration.ofSeconds(1));

        assertThat(plane.status(intercept.id()).reason()).isEqualTo(StateReason.GATEWAY_LOST);
        assertThat(plane.people().session(session).state()).isEqualTo(SessionState.LOST);
    }

    @Test
    void takesBackThatAnotherInterceptGaveWay() {
        Intercept stale = plane.intercept(session, "checkout");
        for (int i = 0; i < 3; i++) {
            plane.elapse(Duration.ofSeconds(5));
            plane.agentSays(AGENT, agent, after(agent).intercept(stale.id(), false, 0));
        }
        SessionId again = plane.session("ann");
        full = true;

        assertRefused(() -> plane.intercept(again, "checkout"));

        assertThat(plane.status(stale.id()).state()).isEqualTo(InterceptState.SUSPENDED);
        assertThat(plane.people().intercepts()).hasSize(1);
    }
}
