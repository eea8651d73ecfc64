package io.penstock.tunnel.link;

import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamState;
import java.util.ArrayDeque;

/**
 * The streams that we opened and the peer has not answered, oldest first. Answered ones are dropped when they reach the front.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class OpenWatch {

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

    private void dropAnswered() {
        Waiting oldest = opens.peek();
        while (oldest != null && oldest.stream.state() != StreamState.OPENING) {
            opens.poll();
            oldest = opens.peek();
        }
    }
}
