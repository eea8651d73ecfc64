package io.penstock.agent.route;

import io.penstock.agent.route.SessionLinks.Presence;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/**
 * What one event loop knows of rules and links, and what it decides from them for each new connection:
 *
 * <pre>
 * no live rule for the port                      the original app
 * the loop's own link takes streams              divert
 * it is there, but nothing answers on it         the original app
 * it is missing, without a carrier or draining,
 * since < linkWait                               wait for it
 * the same, for longer                           the original app, until it is back
 * </pre>
 *
 * A link is missing since it closed; without a carrier or draining, which nobody tells this of, since the first connection that
 * found it so. A wait
 * that has begun runs on when the link closes in it.
 *
 * <p>Those who wait are bounded in number; beyond that they go to the original app at once. One that has gone meanwhile keeps its
 * place until the wait is over. Their sockets are not read; what the transport reads all the same, when a caller half-closes, the
 * caller keeps.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
public final class LoopRoutes {

    /** Connections of one loop that may wait for a link. */
    static final int MAX_WAITING = 4096;

    private final Loop loop;
    private final long linkWaitNanos;
    private final Map<String, SessionLinks> sessions = new HashMap<>();
    private RouteTable table = RouteTable.EMPTY;

    public LoopRoutes(Loop loop, Duration linkWait) {
        this.loop = loop;
        this.linkWaitNanos = linkWait.toNanos();
    }

    /** The loop that owns this; other threads hop by it. */
    public Loop loop() {
        return loop;
    }

    public RouteDecision decide(int port) {
        DivertRule rule = table.ruleFor(port);
        if (rule == null) {
            return RouteDecision.PASS_THROUGH;
        }
        SessionLinks links = of(rule.sessionId());
        Link link = links.usable();
        if (link != null) {
            return new RouteDecision.Divert(link, rule);
        }
        return maySoonBeBack(links) ? new RouteDecision.AwaitLink(rule) : new RouteDecision.PassThrough(rule);
    }

    /** Runs {@code again} when the link is back, the wait is over or the rules changed; false when too many wait already. */
    public boolean await(DivertRule rule, Runnable again) {
        int all = sessions.values().stream().mapToInt(SessionLinks::waiting).sum();
        if (all >= MAX_WAITING) {
            return false;
        }
        of(rule.sessionId()).await(again);
        return true;
    }

    /** Replaces the live rules. */
    public void swap(RouteTable next) {
        loop.assertInLoop();
        table = next;
        for (SessionLinks links : new ArrayList<>(sessions.values())) {
            release(links);
        }
        sessions.entrySet().removeIf(entry -> entry.getValue().isIdle() && !next.names(entry.getKey()));
    }

    /** A link to the session's gateway is open on this loop. */
    public void linkUp(String sessionId, Link link) {
        loop.assertInLoop();
        SessionLinks links = of(sessionId);
        links.add(link);
        release(links);
    }

    /** The link has another carrier. */
    public void linkBack(String sessionId, Link link) {
        loop.assertInLoop();
        SessionLinks links = of(sessionId);
        if (links.has(link)) {
            links.presence(Presence.PRESENT);
            release(links);
        }
    }

    /** The link has closed. */
    public void linkDown(String sessionId, Link link) {
        loop.assertInLoop();
        SessionLinks links = of(sessionId);
        links.remove(link);
        if (links.usable() == null && !links.isSuspect()) {
            maySoonBeBack(links);
        }
        if (links.isIdle() && !table.names(sessionId)) {
            sessions.remove(sessionId);
        }
    }

    /** Starts the wait when it has not begun for this loss. */
    private boolean maySoonBeBack(SessionLinks links) {
        if (links.isSuspect() || linkWaitNanos == 0) {
            return false;
        }
        if (links.presence() == Presence.PRESENT) {
            links.presence(Presence.AWAITED);
            loop.schedule(() -> giveUp(links), linkWaitNanos);
        }
        return links.presence() == Presence.AWAITED;
    }

    private void giveUp(SessionLinks links) {
        // A link that came and went again meanwhile only makes this wait shorter than linkWait, never longer.
        if (links.presence() == Presence.AWAITED) {
            links.presence(Presence.GIVEN_UP);
            release(links);
        }
    }

    private static void release(SessionLinks links) {
        links.takeWaiting().forEach(Runnable::run);
    }

    private SessionLinks of(String sessionId) {
        SessionLinks known = sessions.get(sessionId);
        return known != null ? known : sessions.computeIfAbsent(sessionId, id -> new SessionLinks());
    }
}
