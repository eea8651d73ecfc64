package io.penstock.tunnel.link;

import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.stream.MuxStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The streams that we opened and the peer has not answered, oldest first.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class OpenWatch {

    /** Longer than an honest far side takes: its queue of dials (30 s), its dial (3 s), and the way there and back. */
    static final long ANSWER_DEADLINE_NANOS = 45_000_000_000L;

    private record Waiting(MuxStream stream, long since, long hold) {}

    private final Map<Integer, Waiting> opens = new LinkedHashMap<>();

    /** @param hold how long the far side may let the stream wait beside the deadline, in nanoseconds */
    void add(MuxStream stream, long now, long hold) {
        opens.put(stream.id(), new Waiting(stream, now, hold));
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

    /** Takes those out that an honest far side would have answered, its hold included; oldest first. */
    List<MuxStream> takeOverdue(long now) {
        return take(open -> now - open.since >= ANSWER_DEADLINE_NANOS + open.hold);
    }

    /** Takes those out that have waited for so long, whatever hold they were promised; oldest first. */
    List<MuxStream> takeOlderThan(long age, long now) {
        return take(open -> now - open.since >= age);
    }

    private List<MuxStream> take(Predicate<Waiting> overdue) {
        if (opens.isEmpty()) {
            return List.of();
        }
        List<MuxStream> taken = new ArrayList<>();
        opens.values().removeIf(open -> overdue.test(open) && taken.add(open.stream));
        return taken;
    }
}
