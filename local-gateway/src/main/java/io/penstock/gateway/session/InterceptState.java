package io.penstock.gateway.session;

/** Where an intercept stands, as the manager says. <em>Immutable</em>. */
public enum InterceptState {
    /** Accepted; no agent diverts yet. */
    PENDING,
    /** At least one agent diverts. */
    ACTIVE,
    /** Diverted once; the original app has the traffic for now. */
    SUSPENDED,
    /** Left; running streams finish. */
    DRAINING,
    /** Over. */
    ENDED;

    /** Whether new streams may still come for it. */
    public boolean isWanted() {
        return this == PENDING || this == ACTIVE || this == SUSPENDED;
    }
}
