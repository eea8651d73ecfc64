package io.penstock.gateway.session;

/**
 * How a session hears of snapshots and reports its figures.
 *
 * <p><em>Thread-safe</em>.
 */
public interface ControlPlane {

    /** Begins a call; never throws: what goes wrong is told to the listener as the call's end. */
    Call attach(Membership membership, Listener listener);

    /** One call. Ends by {@link #end}, or by the manager or the network, and the listener hears of the latter once. *Thread-safe*. */
    interface Call {
        void report(GatewayReport report);

        /** A snapshot was taken: the next may come. Until then there is none but the first. */
        void more();

        /** Ends the call; the listener hears nothing more of interest. */
        void end();
    }

    /** Called on any thread. *Thread-safe*. */
    interface Listener {
        void onSnapshot(ControlSnapshot snapshot);

        void onEnded(Ending ending, String detail);
    }

    /** Why a call ended. <em>Immutable</em>. */
    enum Ending {
        /** The manager does not know the session: all that came with it is over. */
        UNKNOWN_SESSION,
        /** The token is not good, or not good any more. */
        UNAUTHENTICATED,
        /** Anything else: try again. */
        UNAVAILABLE
    }
}
