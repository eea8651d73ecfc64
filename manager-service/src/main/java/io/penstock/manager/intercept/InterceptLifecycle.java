package io.penstock.manager.intercept;

/**
 * The transitions of an intercept, all of them.
 *
 * <pre>
 *            LIVE     UNLINKED   NO_AGENT   GATEWAY_LOST  LEAVE     EXPIRED  DRAINED
 *  PENDING   ACTIVE   PENDING    PENDING    SUSPENDED     DRAINING  illegal  illegal
 *  ACTIVE    ACTIVE   SUSPENDED  SUSPENDED  SUSPENDED     DRAINING  illegal  illegal
 *  SUSPENDED ACTIVE   SUSPENDED  SUSPENDED  SUSPENDED     DRAINING  ENDED    illegal
 *  DRAINING  stays    stays      stays      stays         stays     ENDED    ENDED
 *  ENDED     stays    stays      stays      stays         stays     stays    stays
 * </pre>
 *
 * EXPIRED is illegal where the gateway was never said to be lost, DRAINED where nobody left. A state that "stays" keeps
 * its first reason too; a SUSPENDED intercept changes its reason with the level.
 *
 * <p><em>Immutable</em>.
 */
final class InterceptLifecycle {
    private InterceptLifecycle() {}

    /** Returns the next state; throws for an illegal cell, which is a mistake of the caller. */
    static InterceptState next(InterceptState state, InterceptEvent event) {
        return switch (state) {
            case PENDING -> fromPending(event);
            case ACTIVE -> fromActive(event);
            case SUSPENDED -> fromSuspended(event);
            case DRAINING -> fromDraining(event);
            case ENDED -> InterceptState.ENDED;
        };
    }

    /** The reason that goes with a level in a state; events that end an intercept bring their own. */
    static StateReason reason(InterceptState next, InterceptEvent level) {
        return switch (level) {
            case LIVE -> StateReason.NONE;
            case UNLINKED -> next == InterceptState.PENDING ? StateReason.WAITING_FOR_LINK : StateReason.LINK_LOST;
            case NO_AGENT -> StateReason.NO_AGENT;
            case GATEWAY_LOST -> StateReason.GATEWAY_LOST;
            case LEAVE -> StateReason.LEFT;
            case EXPIRED -> StateReason.SESSION_EXPIRED;
            case DRAINED -> StateReason.NONE;
        };
    }

    private static InterceptState fromPending(InterceptEvent event) {
        return switch (event) {
            case LIVE -> InterceptState.ACTIVE;
            case UNLINKED, NO_AGENT -> InterceptState.PENDING;
            case GATEWAY_LOST -> InterceptState.SUSPENDED;
            case LEAVE -> InterceptState.DRAINING;
            case EXPIRED, DRAINED -> throw illegal(InterceptState.PENDING, event);
        };
    }

    private static InterceptState fromActive(InterceptEvent event) {
        return switch (event) {
            case LIVE -> InterceptState.ACTIVE;
            case UNLINKED, NO_AGENT, GATEWAY_LOST -> InterceptState.SUSPENDED;
            case LEAVE -> InterceptState.DRAINING;
            case EXPIRED, DRAINED -> throw illegal(InterceptState.ACTIVE, event);
        };
    }

    private static InterceptState fromSuspended(InterceptEvent event) {
        return switch (event) {
            case LIVE -> InterceptState.ACTIVE;
            case UNLINKED, NO_AGENT, GATEWAY_LOST -> InterceptState.SUSPENDED;
            case LEAVE -> InterceptState.DRAINING;
            case EXPIRED -> InterceptState.ENDED;
            case DRAINED -> throw illegal(InterceptState.SUSPENDED, event);
        };
    }

    private static InterceptState fromDraining(InterceptEvent event) {
        return switch (event) {
            case LIVE, UNLINKED, NO_AGENT, GATEWAY_LOST, LEAVE -> InterceptState.DRAINING;
            case EXPIRED, DRAINED -> InterceptState.ENDED;
        };
    }

    private static IllegalStateException illegal(InterceptState state, InterceptEvent event) {
        return new IllegalStateException(state + ": " + event + " (expected: an event that " + state + " allows)");
    }
}
