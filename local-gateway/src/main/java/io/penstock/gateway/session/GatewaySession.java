package io.penstock.gateway.session;

import io.penstock.gateway.problem.GatewayProblem;
import io.penstock.gateway.problem.ProblemType;
import io.penstock.gateway.session.ControlPlane.Ending;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.link.Loop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's presence at one manager: arrives when somebody wants an intercept, remains by a control call that is made again
 * whenever it ends, departs when told. While no manager answers, the last good snapshot stays in force; when the manager no
 * longer knows the session, all that came with it is over.
 *
 * <p><em>Loop-confined</em> to the control loop.
 */
@LoopConfined
public final class GatewaySession {

    private static final Logger LOG = LoggerFactory.getLogger(GatewaySession.class);

    private final Loop loop;
    private final SessionDesk desk;
    private final ControlCalls calls;
    private final SessionWork work;
    private SessionPhase phase = SessionPhase.AWAY;
    private ControlSnapshot snapshot = ControlSnapshot.NONE;
    private String trouble = "";
    private @Nullable Long lostAt;
    private @Nullable Membership membership;
    private @Nullable Arrival arrival;

    /** Somebody's wish for a session that is being made. <em>Immutable</em>. */
    private record Arrival(ManagerRef manager, CompletableFuture<Membership> outcome) {}

    public GatewaySession(Loop loop, SessionDesk desk, ControlPlane plane, ReconnectPolicy policy, SessionWork work) {
        this.loop = loop;
        this.desk = desk;
        this.work = work;
        this.calls = new ControlCalls(loop, plane, policy, new CallOwner());
    }

    /**
     * A session at that manager, made if need be; refused while intercepts hold this gateway at another one. Of a session that there is
     * only the answer has the given token file: see {@link #confirm}.
     */
    public CompletableFuture<Membership> arrive(ManagerRef manager) {
        loop.assertInLoop();
        Arrival running = arrival;
        if (running != null) {
            return running.manager().isSameAs(manager) ? running.outcome() : refuse(running.manager(), manager);
        }
        Membership now = membership;
        if (now != null && now.manager().isSameAs(manager)) {
            return CompletableFuture.completedFuture(now.at(manager));
        }
        if (now != null && snapshot.hasWantedIntercepts()) {
            return refuse(now.manager(), manager);
        }
        depart();
        return begin(manager);
    }

    /** The manager has taken what was asked with that token file: from now on it is the session's. */
    public void confirm(Membership taken) {
        loop.assertInLoop();
        Membership now = membership;
        if (now != null && now.sessionId().equals(taken.sessionId())) {
            membership = taken;
        }
    }

    /** Gives the session back, if there is one; the future ends when the manager has heard, or cannot. */
    public CompletableFuture<?> depart() {
        loop.assertInLoop();
        Membership left = membership;
        forget("departed");
        return left == null ? CompletableFuture.completedFuture(null) : desk.depart(left);
    }

    /** Drops a session that the manager said it does not know. */
    public void forgetIfStill(Membership unknown) {
        loop.assertInLoop();
        Membership now = membership;
        if (now != null && now.sessionId().equals(unknown.sessionId())) {
            forget("unknown to the manager");
        }
    }

    /** Sends a report at the end of this turn; called after every change of a link. */
    public void reportSoon() {
        loop.assertInLoop();
        calls.reportSoon();
    }

    public SessionView view() {
        loop.assertInLoop();
        Long since = lostAt;
        Duration unheard = since == null ? null : Duration.ofNanos(loop.nanoTime() - since);
        return new SessionView(phase, membership, snapshot, trouble, unheard);
    }

    private CompletableFuture<Membership> begin(ManagerRef manager) {
        phase = SessionPhase.ARRIVING;
        Arrival wish = new Arrival(manager, new CompletableFuture<>());
        arrival = wish;
        desk.arrive(manager).whenComplete((made, failure) -> loop.execute(() -> onArrived(wish, made, failure)));
        return wish.outcome();
    }

    private void onArrived(Arrival wish, @Nullable Membership made, @Nullable Throwable failure) {
        if (!wish.equals(arrival)) {
            discard(wish, made);
            return;
        }
        arrival = null;
        if (made == null) {
            phase = SessionPhase.AWAY;
            wish.outcome().completeExceptionally(failure == null ? new IllegalStateException("no session") : failure);
            return;
        }
        membership = made;
        LOG.info("session {} made at {}", made.sessionId(), made.manager().url());
        calls.attach(made);
        wish.outcome().complete(made);
    }

    /** The service was told to go while the session was being made. */
    private void discard(Arrival wish, @Nullable Membership made) {
        wish.outcome()
                .completeExceptionally(GatewayProblem.of(
                        ProblemType.GATEWAY_BUSY,
                        "session: given up before it was made (expected: a gateway that stays)"));
        if (made != null) {
            desk.depart(made);
        }
    }

    private void forget(String why) {
        Membership left = membership;
        if (left != null) {
            LOG.info(
                    "session {} at {} is over: {}",
                    left.sessionId(),
                    left.manager().url(),
                    why);
        }
        membership = null;
        arrival = null;
        phase = SessionPhase.AWAY;
        trouble = "";
        lostAt = null;
        calls.stop();
        snapshot = ControlSnapshot.NONE;
        work.apply(snapshot);
    }

    private static CompletableFuture<Membership> refuse(ManagerRef current, ManagerRef wanted) {
        return CompletableFuture.failedFuture(
                GatewayProblem.of(
                        ProblemType.OTHER_MANAGER,
                        "manager: " + wanted + " (expected: " + current
                                + (wanted.tls().equals(current.tls()) ? "" : " and other TLS files")
                                + ", which this gateway's intercepts use; leave them first, or set another PENSTOCK_HOME for a second gateway)"));
    }

    /** What the control calls tell the session. Loop-confined. */
    private final class CallOwner implements ControlCalls.Owner {
        @Override
        public @Nullable Membership membership() {
            return membership;
        }

        @Override
        public void onPhase(SessionPhase next, String why) {
            if (next != phase) {
                LOG.info("session {} -> {}{}", phase, next, why.isEmpty() ? "" : " cause=" + why);
            }
            if (next == SessionPhase.ATTACHED) {
                lostAt = null;
            } else if (phase == SessionPhase.ATTACHED) {
                lostAt = loop.nanoTime();
            }
            phase = next;
            trouble = why;
        }

        @Override
        public void onSnapshot(ControlSnapshot newer) {
            if (newer.supersedes(snapshot)) {
                snapshot = newer;
                work.apply(newer);
            }
        }

        @Override
        public GatewayReport report() {
            return new GatewayReport(snapshot.epoch(), snapshot.revision(), work.figures());
        }

        @Override
        public long reportIntervalNanos() {
            return snapshot.reportInterval().toNanos();
        }

        @Override
        public void onUnknownSession(Ending ending) {
            forget("the manager answered " + ending);
        }
    }
}
