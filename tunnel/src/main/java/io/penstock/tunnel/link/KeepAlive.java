package io.penstock.tunnel.link;

import io.penstock.tunnel.LoopConfined;

/**
 * The signs of life of one link, decided at each tick; the caller sends and closes.
 *
 * <pre>
 *            interval over, or an OPEN unanswered        suspectAfter without PONG or any byte
 *  RESTING ------------------------------------> ASKED ---------------------------------> SUSPECT
 *     ^                                            |^------------- any byte -----------------'|
 *     '---------------------------- PONG ----------'------------------- PONG -----------------'
 * </pre>
 *
 * and from ASKED or SUSPECT to dead when no byte at all has come for {@code deadAfter}. Bytes speak for the peer as well as a
 * PONG does, which may wait behind megabytes of them on a slow path.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class KeepAlive {

    /** What a tick asks for. <em>Immutable</em>. */
    enum Action {
        NONE,
        SEND_PING,
        /** The far end has just become suspect. */
        DOUBT,
        GIVE_UP
    }

    private enum State {
        RESTING,
        ASKED,
        SUSPECT,
        /** On a new carrier, asked, and nothing has come on it: what met us there may be gone already. */
        UNPROVEN
    }

    private final KeepAlivePolicy policy;
    private State state = State.RESTING;
    private long lastReceived;
    private long lastPing;
    private long nonce;
    private long roundTrip;

    KeepAlive(KeepAlivePolicy policy, long now) {
        this.policy = policy;
        this.lastReceived = now;
        // The first tick asks at once, so that the round trip is known early.
        this.lastPing = now - policy.interval().toNanos();
    }

    /** Begins anew, on another carrier; the caller sends the PING. */
    void restart(long now) {
        ask(now);
        state = State.UNPROVEN;
        lastReceived = now;
    }

    /** Notes a sign of life; true when it is the first one on another carrier. */
    boolean received(long now) {
        lastReceived = now;
        boolean first = state == State.UNPROVEN;
        if (first || state == State.SUSPECT) {
            state = State.ASKED;
        }
        return first;
    }

    Action tick(long now, long oldestOpenWait) {
        if (state == State.RESTING) {
            return isPingDue(now, oldestOpenWait) ? ask(now) : Action.NONE;
        }
        long silence = silence(now);
        if (silence >= policy.deadAfter().toNanos()) {
            return Action.GIVE_UP;
        }
        if (state != State.SUSPECT
                && Math.min(silence, now - lastPing) >= policy.suspectAfter().toNanos()) {
            state = State.SUSPECT;
            return Action.DOUBT;
        }
        return Action.NONE;
    }

    /** A tick while we do not read: silence says nothing of the peer then, but ours would to the peer. So PINGs go on. */
    Action tickHeldBack(long now) {
        lastReceived = now;
        return now - lastPing >= policy.interval().toNanos() ? ask(now) : Action.NONE;
    }

    private boolean isPingDue(long now, long oldestOpenWait) {
        boolean openWaits = oldestOpenWait >= policy.openAnswer().toNanos()
                && now - lastPing >= policy.openAnswer().toNanos();
        return openWaits || now - lastPing >= policy.interval().toNanos();
    }

    private Action ask(long now) {
        state = state == State.RESTING ? State.ASKED : state;
        lastPing = now;
        nonce++;
        return Action.SEND_PING;
    }

    /** The nonce of the PING that the last tick asked for. */
    long nonce() {
        return nonce;
    }

    /** A PONG came; true when it answers the last PING. */
    boolean onPong(long answered, long now) {
        if (state == State.RESTING || answered != nonce) {
            return false;
        }
        state = State.RESTING;
        long sample = Math.max(1, now - lastPing);
        // Queues make samples longer than the path; so fall at once and rise slowly.
        roundTrip = roundTrip == 0 || sample < roundTrip ? sample : roundTrip + (sample - roundTrip) / 8;
        return true;
    }

    /** For how many nanoseconds nothing has come. */
    long silence(long now) {
        return now - lastReceived;
    }

    /** Whether nothing has come for so long that the far end may be gone. */
    boolean isSilent() {
        return state == State.SUSPECT;
    }

    /** Whether the far end may be gone, or was never seen on this carrier: open nothing new on this link. */
    boolean isSuspect() {
        return state == State.SUSPECT || state == State.UNPROVEN;
    }

    /** Nanoseconds, 0 before the first answer. */
    long roundTrip() {
        return roundTrip;
    }
}
