package io.penstock.gateway.session;

/** Where the gateway's presence at a manager stands. <em>Immutable</em>. */
public enum SessionPhase {
    /** With no manager. To {@link #ARRIVING} when an intercept is asked for. */
    AWAY,
    /** A session is being made. To {@link #ATTACHING}, or back to {@link #AWAY} with the reason told to whoever asked. */
    ARRIVING,
    /** The control call is on its way. To {@link #ATTACHED} on the first snapshot, to {@link #WAITING} when it ends. */
    ATTACHING,
    /** Snapshots come, reports go. To {@link #WAITING} when the call ends, to {@link #AWAY} when the session is unknown. */
    ATTACHED,
    /** Between two tries, on the last good snapshot. To {@link #ATTACHING} after the back-off. */
    WAITING
}
