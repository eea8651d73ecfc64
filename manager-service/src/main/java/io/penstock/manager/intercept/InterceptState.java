package io.penstock.manager.intercept;

/**
 * Where an intercept stands. Why it stands there is a {@link StateReason}; how it moves is written down in
 * {@link InterceptLifecycle}.
 *
 * <p><em>Immutable</em>.
 */
public enum InterceptState {
    /** Accepted, diverted nowhere yet. Next: ACTIVE, SUSPENDED, DRAINING. */
    PENDING(true, false),
    /** At least one agent diverts. Next: SUSPENDED, DRAINING. */
    ACTIVE(true, false),
    /** Diverted once, or lost its gateway; the app gets the traffic. Next: ACTIVE, DRAINING, ENDED. */
    SUSPENDED(true, false),
    /** Left: running streams finish, new connections go to the app. Next: ENDED. */
    DRAINING(false, false),
    /** Over; kept a while for reading. */
    ENDED(false, true);

    private final boolean holdsPorts;
    private final boolean over;

    InterceptState(boolean holdsPorts, boolean over) {
        this.holdsPorts = holdsPorts;
        this.over = over;
    }

    /** Whether another intercept of the same ports would conflict. */
    public boolean holdsPorts() {
        return holdsPorts;
    }

    /** Whether agents and gateways no longer hear of it. */
    public boolean isOver() {
        return over;
    }
}
