package io.penstock.tunnel.link;

import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.stream.MuxStream;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The streams that we opened and the peer has not answered, oldest first.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class OpenWatch {

    /** Longer than an honest far side takes: its queue of dials (30 s), its dial (3 s), and the way there and back. */
    static final long ANSWER_DEADLINE_NANOS = 45_000_000_000L;

    private record Waiting(MuxStream stream, long since) {}

    private final Map<Integer, Waiting> opens = new LinkedHashMap<>();

    void add(MuxStream stream, long now) {
        opens.put(stream.id(), new Waiting(stream, now));
    }

    /** Forgets a stream that was answered or has ended; an answered one must not be kept in memory behind a waiting one. */
    void remove(int id) {
        opens.remove(id);
    }

    /** How long the oldest unanswered OPEN has waited, in nanoseconds; 0 when none waits. */
    long oldestWait(long now) {
        Iterator<Waiting> oldest = opens.values().iterator();
        return oldest.hasNext() ? now - oldest.next().since : 0;
    }

    /** The oldest stream that has waited for {@code deadline} nanoseconds or more, which no longer waits then; or null. */
    @Nullable
    MuxStream takeOverdue(long now, long deadline) {
        Iterator<Waiting> oldest = opens.values().iterator();
        if (!oldest.hasNext()) {
            return null;
        }
        Waiting open = oldest.next();
        if (now - open.since < deadline) {
            return null;
        }
        oldest.remove();
        return open.stream;
    }
}
