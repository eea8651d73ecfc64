package io.penstock.tunnel.relay;

/**
 * A way to one target.
 *
 * <p><em>Loop-confined</em>.
 */
@FunctionalInterface
public interface DialSource {

    /** Sets out for the target; the listener hears nothing before this has returned, unless it failed at once. */
    DialAttempt dial(DialListener listener);
}
