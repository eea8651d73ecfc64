package io.penstock.tunnel.relay;

/**
 * How fast a {@link SocketRelay} may move bytes, both ways together.
 *
 * <p><em>Loop-confined</em>, as the relay is.
 */
@FunctionalInterface
public interface Pace {

    /** As fast as both sides can. */
    Pace FREE = bytes -> 0;

    /** Told of bytes that were moved; returns for how many nanoseconds no more are to be moved, 0 for not at all. */
    long moved(int bytes);
}
