package io.penstock.gateway.session;

/**
 * What a session is for. Called on the control loop.
 *
 * <p><em>Loop-confined</em>.
 */
public interface SessionWork {

    /** Makes what is there equal to the snapshot; {@link ControlSnapshot#NONE} once the session has gone. */
    void apply(ControlSnapshot snapshot);

    /** The figures now. */
    GatewayReport.Figures figures();
}
