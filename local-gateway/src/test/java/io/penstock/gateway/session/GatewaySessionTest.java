package io.penstock.gateway.session;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.gateway.problem.GatewayProblem;
import io.penstock.gateway.session.ControlPlane.Ending;
import io.penstock.gateway.testing.Snapshots;
import io.penstock.tunnel.testkit.ManualLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GatewaySessionTest {

    private static final ManagerRef HERE = ManagerRef.parse("http://127.0.0.1:8080", "/t", Route.RELAY);
    private static final ManagerRef THERE = ManagerRef.parse("http://10.0.0.1:8080", "/t", Route.RELAY);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ManualLoop loop = new ManualLoop();
    private final FakeManager manager = new FakeManager();
    private final AppliedSnapshots work = new AppliedSnapshots();
    private final GatewaySession session = new GatewaySession(
            loop, manager, manager, new ReconnectPolicy(Duration.ofMillis(100), Duration.ofSeconds(1), 0), work);

    @Test
    void arrivesAttachesAndReports() {
        CompletableFuture<Membership> arrival = arrive(HERE);

        assertThat(arrival.join().sessionId()).isEqualTo("s-1");
        assertThat(session.view().phase()).isEqualTo(SessionPhase.ATTACHING);

        snapshot(Snapshots.of("e1", 1));

        assertThat(session.view().phase()).isEqualTo(SessionPhase.ATTACHED);
        assertThat(manager.newest().reports).singleElement().satisfies(report -> {
            assertThat(report.epoch()).isEqualTo("e1");
            assertThat(report.revision()).isEqualTo(1);
        });
    }

    @Test
    void reportsEachIntervalAndAtOnceAfterAChange() {
        attach();

        loop.advance(5 * SECOND);
        assertThat(manager.newest().reports).hasSize(2);

        session.reportSoon();
        session.reportSoon();
        loop.runReady();
        assertThat(manager.newest().reports).hasSize(3);
    }

    @Test
    void asksForTheNextSnapshotWhenOneWasTaken() {
        attach();
        int before = manager.newest().asked;

        manager.newest().listener.onSnapshot(Snapshots.of("e1", 2));
        assertThat(manager.newest().asked).isEqualTo(before);

        loop.runReady();
        assertThat(manager.newest().asked).isEqualTo(before + 1);
    }

    @Test
    void keepsItsTokenFileUntilTheManagerHasTakenAnother() {
        ManagerRef mistyped = ManagerRef.parse("http://127.0.0.1:8080", "/wrong", Route.RELAY);
        attach();

        Membership asked = arrive(mistyped).join();
        assertThat(asked.manager()).isEqualTo(mistyped);
        assertThat(inUse()).isEqualTo(HERE);

        session.confirm(asked);
        assertThat(inUse()).isEqualTo(mistyped);
    }

    private ManagerRef inUse() {
        return requireNonNull(session.view().membership()).manager();
    }

    @Test
    void attachesAnewWhenASnapshotCannotBeTaken() {
        attach();
        int calls = manager.calls.size();
        work.fails = true;

        snapshot(Snapshots.of("e1", 2));
        assertThat(session.view().phase()).isEqualTo(SessionPhase.WAITING);

        work.fails = false;
        loop.advance(2 * SECOND);
        assertThat(manager.calls).hasSize(calls + 1);
    }

    @Test
    void ignoresAnOlderRevisionOfTheSameEpochButNotOfANewOne() {
        attach();
        snapshot(Snapshots.of("e1", 5));

        snapshot(Snapshots.of("e1", 4));
        assertThat(session.view().snapshot().revision()).isEqualTo(5);

        snapshot(Snapshots.of("e2", 1));
        assertThat(session.view().snapshot().epoch()).isEqualTo("e2");
    }

    @Test
    void knowsForHowLongTheManagerHasNotBeenHeard() {
        arrive(HERE);
        assertThat(session.view().unheard()).isNull();
        snapshot(Snapshots.of("e1", 1));
        loop.advance(3 * SECOND);
        assertThat(session.view().unheard()).isNull();

        manager.newest().listener.onEnded(Ending.UNAVAILABLE, "connection lost");
        loop.runReady();
        loop.advance(12 * SECOND);
        assertThat(session.view().unheard()).isEqualTo(Duration.ofSeconds(12));

        snapshot(Snapshots.of("e1", 2));
        assertThat(session.view().unheard()).isNull();
    }

    @Test
    void keepsTheLastSnapshotWhileNoManagerAnswersAndComesBackWithTheSameSession() {
        attach();
        snapshot(Snapshots.of("e1", 7, Snapshots.rule("i-1", InterceptState.ACTIVE, "127.0.0.1:3000")));

        manager.newest().listener.onEnded(Ending.UNAVAILABLE, "connection lost");
        loop.runReady();
        assertThat(session.view().phase()).isEqualTo(SessionPhase.WAITING);
        assertThat(session.view().trouble()).isEqualTo("connection lost");
        assertThat(session.view().snapshot().intercepts()).hasSize(1);

        loop.advance(SECOND / 10);
        assertThat(manager.calls).hasSize(2);
        assertThat(manager.newest().session).isEqualTo("s-1");
        snapshot(Snapshots.of("e2", 1));
        assertThat(session.view().trouble()).isEmpty();
    }

    @Test
    void backsOffLongerAfterEachFailureAndForgetsThatAfterASuccess() {
        attach();

        fail(0.1, 2);
        fail(0.2, 3);
        fail(0.4, 4);
        snapshot(Snapshots.of("e1", 2));
        fail(0.1, 5);
    }

    @Test
    void clearsAllWhenTheManagerDoesNotKnowTheSession() {
        attach();
        snapshot(Snapshots.of("e1", 7, Snapshots.rule("i-1", InterceptState.ACTIVE, "127.0.0.1:3000")));

        manager.newest().listener.onEnded(Ending.UNKNOWN_SESSION, "");
        loop.runReady();

        assertThat(session.view()).isEqualTo(SessionView.AWAY);
        assertThat(work.newest()).isEqualTo(ControlSnapshot.NONE);
        assertThat(loop.timerCount()).isZero();
    }

    @Test
    void givesUpACallThatNeverSendsASnapshot() {
        arrive(HERE);

        loop.advance(ControlCalls.FIRST_SNAPSHOT.toNanos());

        assertThat(manager.calls.get(0).ended).isTrue();
        assertThat(session.view().phase()).isEqualTo(SessionPhase.WAITING);
    }

    @Test
    void doesNotListenToACallThatWasReplaced() {
        attach();
        FakeManager.FakeCall old = manager.newest();
        old.listener.onEnded(Ending.UNAVAILABLE, "lost");
        loop.advance(SECOND);
        snapshot(Snapshots.of("e1", 2));

        old.listener.onSnapshot(Snapshots.of("e0", 99));
        old.listener.onEnded(Ending.UNKNOWN_SESSION, "");
        loop.runReady();

        assertThat(session.view().phase()).isEqualTo(SessionPhase.ATTACHED);
        assertThat(session.view().snapshot().epoch()).isEqualTo("e1");
    }

    @Test
    void tellsWhoeverAskedWhyThereIsNoSession() {
        manager.answers = false;

        CompletableFuture<Membership> arrival = arrive(HERE);

        assertThatThrownBy(arrival::join).hasRootCauseInstanceOf(GatewayProblem.class);
        assertThat(session.view().phase()).isEqualTo(SessionPhase.AWAY);
    }

    @Test
    void staysAtItsManagerWhileInterceptsNeedItAndMovesAfterwards() {
        attach();
        snapshot(Snapshots.of("e1", 2, Snapshots.rule("i-1", InterceptState.PENDING, "127.0.0.1:3000")));

        assertThat(arrive(HERE).join().sessionId()).isEqualTo("s-1");
        assertThatThrownBy(arrive(THERE)::join)
                .hasMessageContaining("http://10.0.0.1:8080")
                .hasMessageContaining("expected: http://127.0.0.1:8080");

        snapshot(Snapshots.of("e1", 3));
        assertThat(arrive(THERE).join().sessionId()).isEqualTo("s-2");
        assertThat(manager.departed).containsExactly("s-1");
    }

    @Test
    void departsOnceAndEndsEveryWait() {
        attach();

        session.depart();
        session.depart();

        assertThat(manager.departed).containsExactly("s-1");
        assertThat(manager.newest().ended).isTrue();
        assertThat(loop.timerCount()).isZero();
    }

    private CompletableFuture<Membership> arrive(ManagerRef at) {
        CompletableFuture<Membership> arrival = session.arrive(at);
        loop.runReady();
        return arrival;
    }

    private void attach() {
        arrive(HERE);
        snapshot(Snapshots.of("e1", 1));
    }

    private void snapshot(ControlSnapshot snapshot) {
        manager.newest().listener.onSnapshot(snapshot);
        loop.runReady();
    }

    private void fail(double seconds, int calls) {
        manager.newest().listener.onEnded(Ending.UNAVAILABLE, "lost");
        loop.advance((long) (seconds * SECOND) - 1);
        assertThat(manager.calls).hasSize(calls - 1);
        loop.advance(1);
        assertThat(manager.calls).hasSize(calls);
    }

    /** Remembers what it was told. Loop-confined. */
    private static final class AppliedSnapshots implements SessionWork {
        private final List<ControlSnapshot> applied = new ArrayList<>();
        private boolean fails;

        @Override
        public void apply(ControlSnapshot snapshot) {
            if (fails) {
                throw new IllegalStateException("a bug of ours");
            }
            applied.add(snapshot);
        }

        @Override
        public GatewayReport.Figures figures() {
            return GatewayReport.Figures.NONE;
        }

        ControlSnapshot newest() {
            return applied.get(applied.size() - 1);
        }
    }
}
