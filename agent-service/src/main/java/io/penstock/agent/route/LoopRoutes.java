package io.penstock.agent.route;

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
 * no live rule for the port                       the original app
 * the loop's own link takes streams               divert
 * none does, since less than the wait             wait for it
 * none does, for longer                           what the rule says of a lost gateway: the original app, or a reset
 * the link is there, but nothing answers on it,
 * and the rule says nothing of holding            the same at once
 * </pre>
 *
 * The wait is the rule's hold, or linkWait when it says nothing of one. It is counted from the loss, not from the connection: since
 * the link closed; or, when it is without a carrier, draining or silent, which nobody tells this of, since the first connection
 * that found it so. Who waits is decided about anew when a link is back, when its wait is over and when rules change.
 *
 * <p>Those who wait are bounded in number; beyond that it is as if their wait were over. One that has gone meanwhile keeps its
 * place until the wait is over. Their sockets are not read; what the transport reads all the same, when a caller half-closes, the
 * caller keeps.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
public final class LoopRoutes {

    /** Connections of one loop that may wait for a link. */
    static final int MAX_WAITING = 4096;

    /** How often to look whether a silent link answers again: nobody tells. */
    private static final long LOOK_NANOS = 100_000_000L;

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
            foundAgain(links);
            return new RouteDecision.Divert(link, rule);
        }
        miss(links);
        return mayWait(rule, links) ? new RouteDecision.AwaitLink(rule) : afterTheWait(rule);
    }

    /** What becomes of a connection that the rule would divert and no link will take. */
    public RouteDecision afterTheWait(DivertRule rule) {
        return rule.onGatewayLoss().then() == FailurePolicy.REJECT
                ? new RouteDecision.Reject(rule)
                : new RouteDecision.PassThrough(rule);
    }

    /** Whether the port's connections still are this rule's. */
    public boolean isInForce(DivertRule rule, int port) {
        DivertRule now = table.ruleFor(port);
        return now != null && now.interceptId().equals(rule.interceptId());
    }

    /** Runs {@code again} when the link is back, the wait is over or the rules changed; false when too many wait already. */
    public boolean await(DivertRule rule, Runnable again) {
        int all = sessions.values().stream().mapToInt(SessionLinks::waiting).sum();
        if (all >= MAX_WAITING) {
            return false;
        }
        SessionLinks links = of(rule.sessionId());
        links.await(again);
        long wait = waitOf(rule);
        if (!links.isTimed(wait)) {
            long rest = wait - links.missingFor(loop.nanoTime());
            links.timed(wait, loop.schedule(() -> onWaitOver(links, wait), rest));
        }
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
            links.found();
            release(links);
        }
    }

    /** The link has closed. */
    public void linkDown(String sessionId, Link link) {
        loop.assertInLoop();
        SessionLinks links = of(sessionId);
        links.remove(link);
        if (links.usable() == null) {
            miss(links);
        }
        if (links.isIdle() && !table.names(sessionId)) {
            sessions.remove(sessionId);
        }
    }

    private boolean mayWait(DivertRule rule, SessionLinks links) {
        boolean holds = !rule.onGatewayLoss().hold().isZero();
        return (holds || !links.isSuspect()) && links.missingFor(loop.nanoTime()) < waitOf(rule);
    }

    private long waitOf(DivertRule rule) {
        Duration hold = rule.onGatewayLoss().hold();
        return hold.isZero() ? linkWaitNanos : hold.toNanos();
    }

    private void miss(SessionLinks links) {
        links.missed(loop.nanoTime());
        if (links.isSuspect() && links.beginsToLook()) {
            loop.schedule(() -> lookAgain(links), LOOK_NANOS);
        }
    }

    private void lookAgain(SessionLinks links) {
        links.hasLooked();
        if (links.usable() != null) {
            links.found();
            release(links);
        } else if (links.isMissing()) {
            miss(links);
        }
    }

    /** Later: the others need not be routed in the middle of one. */
    private void foundAgain(SessionLinks links) {
        if (links.isMissing()) {
            links.found();
            loop.execute(() -> release(links));
        }
    }

    private static void onWaitOver(SessionLinks links, long wait) {
        links.timerIsOver(wait);
        release(links);
    }

    private static void release(SessionLinks links) {
        links.takeWaiting().forEach(Runnable::run);
    }

    private SessionLinks of(String sessionId) {
        SessionLinks known = sessions.get(sessionId);
        return known != null ? known : sessions.computeIfAbsent(sessionId, id -> new SessionLinks());
    }
}
