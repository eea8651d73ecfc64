package io.penstock.agent.route;

import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The links of one loop to one session's gateway, and the connections that wait for one of them.
 *
 * <pre>
 *           the last usable link closes, or is
 *           found draining                               linkWait over
 *  PRESENT --------------------------------------> AWAITED -------------> GIVEN_UP
 *     ^------------------ a link opens ---------------'-------------------------'
 * </pre>
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class SessionLinks {

    enum Presence {
        PRESENT,
        AWAITED,
        GIVEN_UP
    }

    private final List<Link> links = new ArrayList<>(2);
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private Presence presence = Presence.PRESENT;

    void add(Link link) {
        links.add(link);
        presence = Presence.PRESENT;
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

    /** Whether a link is there but nothing answers on it: the caller is not made to wait for that. */
    boolean isSuspect() {
        return links.stream().anyMatch(link -> link.state() == LinkState.OPEN && !link.canOpen());
    }

    Presence presence() {
        return presence;
    }

    void presence(Presence next) {
        presence = next;
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
