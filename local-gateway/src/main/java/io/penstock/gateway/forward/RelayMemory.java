package io.penstock.gateway.forward;

import java.util.concurrent.TimeUnit;

/**
 * Whether TCP or calls are tried next at one relay, for those who chose "auto".
 *
 * <pre>
 *                TCP reached   TCP not reached           call reached              call not reached      time is over
 * TCP_FIRST      TCP_FIRST     CALLS_FIRST, for 5 min    TCP_FIRST                 TCP_FIRST             -
 * CALLS_FIRST    TCP_FIRST     CALLS_FIRST               CALLS_FIRST               TCP_ONLY, a pause     TCP_FIRST
 * TCP_ONLY       TCP_FIRST     TCP_ONLY                  CALLS_FIRST, for 5 min    TCP_ONLY              TCP_FIRST
 * </pre>
 *
 * Several links dial at once, so news of a way may come when another is in force: the first such news decides, the others change nothing.
 * A pause is 1 s, and twice as long each time, up to 4 s, until anything is reached again. So when nothing answers at all, TCP is what is
 * tried, and a call now and then; and a manager or an ingress that comes back has its calls back within seconds, while links wait for them.
 *
 * <p><em>Loop-confined</em> to whoever holds the lock of {@link CarrierMemory}.
 */
final class RelayMemory {

    /** What is tried, and for how long. */
    enum State {
        TCP_FIRST,
        CALLS_FIRST,
        TCP_ONLY
    }

    private static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(4);

    private State state = State.TCP_FIRST;
    private long until;
    private long pause = FIRST_PAUSE_NANOS;

    State at(long now) {
        if (state != State.TCP_FIRST && now - until >= 0) {
            state = State.TCP_FIRST;
        }
        return state;
    }

    /** Somebody answered. */
    void reached(boolean byCall, long now) {
        State before = at(now);
        pause = FIRST_PAUSE_NANOS;
        if (!byCall) {
            state = State.TCP_FIRST;
        } else if (before == State.TCP_ONLY) {
            enter(State.CALLS_FIRST, now + REMEMBERED_NANOS);
        }
    }

    /** Nobody answered. */
    void unreached(boolean byCall, long now) {
        State before = at(now);
        if (!byCall && before == State.TCP_FIRST) {
            enter(State.CALLS_FIRST, now + REMEMBERED_NANOS);
        } else if (byCall && before == State.CALLS_FIRST) {
            enter(State.TCP_ONLY, now + pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
    }

    private void enter(State next, long end) {
        state = next;
        until = end;
    }
}
