package io.penstock.agent.route;

import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.Loop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The links of one loop to one session's gateway, since when none of them takes streams, and the connections that wait for one.
 *
 * <pre>
 *           the last usable link closes, or is
 *           found without a carrier, draining or silent
 *  PRESENT ---------------------------------------------> MISSING since then
 *     ^------------- a link opens, or is found usable ------'
 * </pre>
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class SessionLinks {

    private final List<Link> links = new ArrayList<>(2);
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    /** The waits of this loss, in nanoseconds, at whose end somebody looks again. */
    private final Map<Long, Loop.Timer> timers = new HashMap<>(2);

    private boolean missing;
    private boolean looking;
    private long missingSince;

    void add(Link link) {
        links.add(link);
        found();
    }

    void remove(Link link) {
        links.remove(link);
    }

    boolean has(Link link) {
        return links.contains(link);
    }

    /** The newest link that takes streams, or null. */
    @Nullable
    Link usable() {
        for (int i = links.size() - 1; i >= 0; i--) {
            Link link = links.get(i);
            if (link.canOpen()) {
                return link;
            }
        }
        return null;
    }

    /** Whether a link is there but nothing answers on it: a caller is made to wait for that only if the rule says so. */
    boolean isSuspect() {
        return links.stream().anyMatch(Link::isSilent);
    }

    boolean isMissing() {
        return missing;
    }

    /** None takes streams: since now, unless that was known. */
    void missed(long now) {
        if (!missing) {
            missing = true;
            missingSince = now;
        }
    }

    /** One takes streams. */
    void found() {
        missing = false;
        timers.values().forEach(Loop.Timer::cancel);
        timers.clear();
    }

    /** How long none has taken streams. */
    long missingFor(long now) {
        return missing ? now - missingSince : 0;
    }

    /** Whether somebody looks again already when a wait of this length is over. */
    boolean isTimed(long wait) {
        return timers.containsKey(wait);
    }

    void timed(long wait, Loop.Timer timer) {
        timers.put(wait, timer);
    }

    void timerIsOver(long wait) {
        timers.remove(wait);
    }

    /** Whether nobody was looking yet whether a silent link answers again. */
    boolean beginsToLook() {
        boolean begins = !looking;
        looking = true;
        return begins;
    }

    void hasLooked() {
        looking = false;
    }

    void await(Runnable again) {
        waiting.add(again);
    }

    int waiting() {
        return waiting.size();
    }

    boolean isIdle() {
        return links.isEmpty() && waiting.isEmpty();
    }

    /** Takes those out that wait, for the caller to run. */
    List<Runnable> takeWaiting() {
        List<Runnable> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }
}
