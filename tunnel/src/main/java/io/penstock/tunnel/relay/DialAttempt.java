package io.penstock.tunnel.relay;

/**
 * What a stream has under way to be taken to its target.
 *
 * <p><em>Loop-confined</em>.
 */
public interface DialAttempt {

    /** Nobody waits for the outcome any more. */
    void cancel();

    /** The stream keeps that many bytes more while it waits. */
    default void kept(int bytes) {}
}
