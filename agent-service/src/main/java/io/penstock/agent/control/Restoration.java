package io.penstock.agent.control;

import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.link.Loop;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an agent waits for before it calls itself ready: that the rules are in force by which the agent before it in the pod diverted.
 * Callers who are sent to a pod once it is ready are then answered as before. Never for long, because the pod's traffic flows without
 * a manager, without a gateway and without links.
 *
 * <pre>
 *          a snapshot, whose rules   a snapshot, with a rule   its rules are   the wait     the process
 *          are in force              that is not in force      in force        is over      stops
 * WAITING  READY                     WAITING                   READY           READY        STOPPED
 * READY    -                         -                         -               -            -
 * STOPPED  -                         -                         -               -            -
 * </pre>
 *
 * <ul>
 *   <li>WAITING: captured ports are bound, and take callers who know of them without asking whether the pod is ready. Before the
 *       first snapshot, and for a rule without its links, the original app answers.
 *   <li>READY, for good: links that are lost later are {@link LiveRules}' and each loop's matter, and a rule that comes later goes
 *       live as ever.
 *   <li>STOPPED: whoever is told that the process stops says so itself; nothing here calls it ready any more.
 * </ul>
 *
 * A rule is in force when every event loop diverts by it: all of its session's links have been open, and each loop has the route
 * table. One that has been left, or that lets the original app answer because its gateway is lost, needs nothing. Links may be lost
 * and replaced while they are waited for, and newer snapshots may change what is wanted: the newest counts. A wait of zero is over at
 * once.
 *
 * <p><em>Loop-confined</em>: the control loop, but for {@link #begin}.
 */
@LoopConfined
public final class Restoration {

    private static final Logger log = LoggerFactory.getLogger(Restoration.class);

    /** How much of what the newest snapshot wants is in force. <em>Immutable</em>. */
    enum Progress {
        /** No snapshot has come. */
        UNKNOWN,
        /** A rule waits for its links, or for an event loop to hear of it. */
        PARTLY,
        WHOLLY
    }

    private enum State {
        WAITING,
        READY,
        STOPPED
    }

    private final Loop control;
    private final Duration wait;
    private final Runnable ready;
    private State state = State.WAITING;
    private Progress progress = Progress.UNKNOWN;

    /** @param ready called once, on the control loop, unless the process stops before */
    public Restoration(Loop control, Duration wait, Runnable ready) {
        this.control = control;
        this.wait = wait;
        this.ready = ready;
    }

    /** Captured ports are bound: the wait begins. From whatever thread. */
    public void begin() {
        control.execute(() -> control.schedule(this::onWaitOver, wait.toNanos()));
    }

    /** Something has changed about snapshot, links or routes. */
    void look(Progress now) {
        control.assertInLoop();
        progress = now;
        if (state == State.WAITING && now == Progress.WHOLLY) {
            log.info("ready: what the manager wants is in force");
            becomeReady();
        }
    }

    private void onWaitOver() {
        if (state == State.WAITING) {
            log.warn(
                    "ready after {}, without {}: until it comes the original app answers",
                    wait,
                    progress == Progress.UNKNOWN ? "a word of the manager" : "every link that its rules need");
            becomeReady();
        }
    }

    private void becomeReady() {
        state = State.READY;
        ready.run();
    }

    /** The process stops. */
    void stop() {
        control.assertInLoop();
        state = State.STOPPED;
    }
}
