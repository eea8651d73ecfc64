package io.penstock.manager.intercept;

/**
 * What can happen to an intercept. The first four are levels, exactly one of which holds at any time: whoever applies
 * them reads the facts anew each time and never remembers an edge.
 *
 * <p><em>Immutable</em>.
 */
public enum InterceptEvent {
    /** Gateway and agents are there, and at least one agent diverts. */
    LIVE,
    /** Gateway and agents are there, and no agent diverts. */
    UNLINKED,
    /** The gateway is there, agents are not. */
    NO_AGENT,
    /** The gateway's lease ran out. */
    GATEWAY_LOST,
    /** Somebody ended it: its owner, its session's departure, or a successor. */
    LEAVE,
    /** The session is gone for good. */
    EXPIRED,
    /** No agent has a stream of it left, or the drain grace is over. */
    DRAINED
}
