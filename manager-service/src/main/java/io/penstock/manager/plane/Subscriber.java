package io.penstock.manager.plane;

/**
 * The far end of one Attach call. Called on the control loop only, and never waits: a slow peer's older snapshot is
 * replaced by the newer one.
 */
public interface Subscriber {

    void offer(Snapshot snapshot);

    /** Ends the call; the last thing that is called. */
    void end(Ending ending);

    /** Why the manager ends a call. */
    enum Ending {
        /** A newer call of the same id has its place. */
        TAKEN_OVER,
        /** The session departed and its last intercept has ended. */
        DEPARTED,
        /** Nothing was heard for a lease, or for a session's whole grace. */
        LEASE_OVER,
        /** The manager stops. */
        STOPPING
    }
}
