package io.penstock.gateway.session;

import io.penstock.gateway.session.ControlPlane.Ending;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.link.Loop;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session's control call, made again after each end but the last: back-off, reports and the wait for the first snapshot.
 *
 * <p><em>Loop-confined</em> to the control loop.
 */
@LoopConfined
final class ControlCalls {

    private static final Logger LOG = LoggerFactory.getLogger(ControlCalls.class);

    /** How long a new call may be silent. */
    static final Duration FIRST_SNAPSHOT = Duration.ofSeconds(10);

    private final Loop loop;
    private final ControlPlane plane;
    private final ReconnectPolicy policy;
    private final Owner owner;
    private final SplittableRandom chance = new SplittableRandom();
    /** Tells the newest call from its predecessors, whose late words count for nothing. */
    private int turn;

    private int failures;
    private boolean reportScheduled;
    private ControlPlane.@Nullable Call call;
    private Loop.@Nullable Timer timer;

    /** Whose calls they are. <em>Loop-confined</em>. */
    interface Owner {
        /** The session to attach, or null when there is none any more. */
        @Nullable
        Membership membership();

        void onPhase(SessionPhase phase, String why);

        void onSnapshot(ControlSnapshot snapshot);

        GatewayReport report();

        long reportIntervalNanos();

        void onUnknownSession(Ending ending);
    }

    ControlCalls(Loop loop, ControlPlane plane, ReconnectPolicy policy, Owner owner) {
        this.loop = loop;
        this.plane = plane;
        this.policy = policy;
        this.owner = owner;
    }

    void attach(Membership membership) {
        stop();
        int mine = turn;
        owner.onPhase(SessionPhase.ATTACHING, "");
        call = plane.attach(membership, new Hop(mine));
        wake(FIRST_SNAPSHOT.toNanos(), () -> onEnded(Ending.UNAVAILABLE, "no snapshot within 10 s"));
    }

    /** Ends the call, if there is one, and every wait. */
    void stop() {
        turn++;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        ControlPlane.Call ended = call;
        call = null;
        if (ended != null) {
            ended.end();
        }
    }

    void reportSoon() {
        if (!reportScheduled) {
            reportScheduled = true;
            loop.execute(() -> {
                reportScheduled = false;
                report();
            });
        }
    }

    private void report() {
        if (call != null) {
            call.report(owner.report());
        }
    }

    private void reportForever() {
        reportSoon();
        wake(owner.reportIntervalNanos(), this::reportForever);
    }

    private void onSnapshot(ControlSnapshot snapshot) {
        failures = 0;
        owner.onPhase(SessionPhase.ATTACHED, "");
        owner.onSnapshot(snapshot);
        // A snapshot always gets an answer, and the interval begins anew.
        reportForever();
    }

    /** One that cannot be taken ends the call: the next call brings it again, where a call that asks for no more would be silent. */
    private void take(ControlSnapshot snapshot, int turnOfSnapshot) {
        try {
            onSnapshot(snapshot);
            askForMore(turnOfSnapshot);
        } catch (RuntimeException failed) {
            LOG.error("a snapshot could not be taken; attaching anew", failed);
            onEnded(Ending.UNAVAILABLE, "a snapshot could not be taken");
        }
    }

    private void askForMore(int turnOfSnapshot) {
        if (call != null && turnOfSnapshot == turn) {
            call.more();
        }
    }

    private void onEnded(Ending ending, String detail) {
        stop();
        if (ending == Ending.UNKNOWN_SESSION) {
            owner.onUnknownSession(ending);
            return;
        }
        failures++;
        owner.onPhase(SessionPhase.WAITING, detail);
        wake(policy.delay(failures, chance.nextDouble()).toNanos(), this::again);
    }

    private void again() {
        Membership membership = owner.membership();
        if (membership != null) {
            attach(membership);
        }
    }

    private void wake(long delayNanos, Runnable task) {
        if (timer != null) {
            timer.cancel();
        }
        int mine = turn;
        timer = loop.schedule(
                () -> {
                    if (mine == turn) {
                        task.run();
                    }
                },
                delayNanos);
    }

    /** Brings a call's words to the control loop, and drops those of a call that is no longer the newest. Thread-safe. */
    private final class Hop implements ControlPlane.Listener {
        private final int mine;

        Hop(int mine) {
            this.mine = mine;
        }

        @Override
        public void onSnapshot(ControlSnapshot snapshot) {
            loop.execute(() -> {
                if (mine == turn) {
                    take(snapshot, mine);
                }
            });
        }

        @Override
        public void onEnded(Ending ending, String detail) {
            loop.execute(() -> {
                if (mine == turn) {
                    ControlCalls.this.onEnded(ending, detail);
                }
            });
        }
    }
}
