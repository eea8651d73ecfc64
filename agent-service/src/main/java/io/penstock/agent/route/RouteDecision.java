package io.penstock.agent.route;

import io.penstock.tunnel.link.Link;
import org.jspecify.annotations.Nullable;

/**
 * Where one new connection goes.
 *
 * <p><em>Immutable</em>.
 */
public sealed interface RouteDecision {

    /** No live rule is about the port. */
    RouteDecision PASS_THROUGH = new PassThrough(null);

    /**
     * To the original app.
     *
     * @param insteadOf the live rule that could not divert, or null when there is none
     */
    record PassThrough(@Nullable DivertRule insteadOf) implements RouteDecision {}

    /** Down a stream of that link, which lives on this loop. */
    record Divert(Link link, DivertRule rule) implements RouteDecision {}

    /** Nowhere: the rule would rather have the caller reset than answered by the original app. */
    record Reject(DivertRule rule) implements RouteDecision {}

    /** To whatever {@link LoopRoutes#decide} says once the link is back or the wait is over. */
    record AwaitLink(DivertRule rule) implements RouteDecision {}
}
