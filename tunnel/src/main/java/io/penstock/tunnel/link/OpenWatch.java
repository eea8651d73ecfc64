package io.penstock.tunnel.link;

import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamState;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The streams that we opened and the peer has not answered, oldest first. Answered ones are dropped when they reach the front.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class OpenWatch {

    /** Longer than an honest far side takes: its queue of dials (30 s), its dial (3 s), and the way there and back. */
    static final long ANSWER_DEADLINE_NANOS = 45_000_000_000L;

    private record Waiting(MuxStream stream, long since) {}

    private final ArrayDeque<Waiting> opens = new ArrayDeque<>();

    void add(MuxStream stream, long now) {
        dropAnswered();
        opens.add(new Waiting(stream, now));
    }

    /** How long the oldest unanswered OPEN has waited, in nanoseconds; 0 when none waits. */
    long oldestWait(long now) {
        dropAnswered();
        Waiting oldest = opens.peek();
        return oldest == null ? 0 : now - oldest.since;
    }

    /** The oldest stream whose answer is overdue, which no longer waits then; or null. */
    @Nullable
    MuxStream takeOverdue(long now) {
        return oldestWait(now) < ANSWER_DEADLINE_NANOS ? null : opens.remove().stream;
    }

    private void dropAnswered() {
        Waiting oldest = opens.peek();
        while (oldest != null && oldest.stream.state() != StreamState.OPENING) {
            opens.poll();
            oldest = opens.peek();
        }
    }
}
