package io.penstock.manager.session;

/**
 * Where a session stands; see {@link SessionRegistry} for the transitions.
 *
 * <p><em>Immutable</em>.
 */
public enum SessionState {
    /** The lease runs, but no Attach call is up: just made, or cut off a moment ago. Next: ATTACHED, LOST, DEPARTING. */
    AWAITED(true),
    /** The gateway's Attach call is up and heard. Next: AWAITED when it ends, LOST when it falls silent, DEPARTING. */
    ATTACHED(true),
    /** Not heard for a lease. Next: ATTACHED when it is heard again within the grace; otherwise it is removed. */
    LOST(false),
    /** Told to go; stays until its intercepts have ended. Next: removed. */
    DEPARTING(true);

    private final boolean reachable;

    SessionState(boolean reachable) {
        this.reachable = reachable;
    }

    /** Whether the gateway may be expected to answer links. */
    public boolean isReachable() {
        return reachable;
    }

    /** Whether new intercepts may name the session. */
    public boolean canIntercept() {
        return this != DEPARTING;
    }
}
