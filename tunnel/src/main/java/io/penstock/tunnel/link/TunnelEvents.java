package io.penstock.tunnel.link;

import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import java.util.List;

/**
 * What the tunnel reports of itself; the only observability in its core. Called on event loops, several of them at once:
 * implementations are fast, take no locks and do not call back.
 *
 * <p>A stream's events nest: {@code streamOpened}, any number of {@code bytesSent} and {@code bytesReceived}, {@code streamClosed}.
 *
 * <p><em>Thread-safe</em>.
 */
public interface TunnelEvents {

    /** Reports to nobody. */
    TunnelEvents NONE = new TunnelEvents() {};

    default void streamOpened(MuxStream stream) {}

    default void streamClosed(MuxStream stream, CloseCause cause) {}

    /** An OPEN of the peer, or of ours, that never became a stream. */
    default void streamRefused(ResetCode code) {}

    /** Payload bytes of a stream that left in a frame. */
    default void bytesSent(MuxStream stream, int bytes) {}

    /** Payload bytes of a stream that arrived in a frame. */
    default void bytesReceived(MuxStream stream, int bytes) {}

    /** Bytes of a stream waited that long for nothing but the peer's credit. */
    default void starved(MuxStream stream, long nanos) {}

    default void linkOpened(Link link) {}

    /** A link has lost its carrier, and waits for another. */
    default void linkSuspended(Link link, String why) {}

    /** A link goes on, after it was without a carrier for that long. */
    default void linkResumed(Link link, long nanos) {}

    default void linkClosed(Link link, CloseCause cause) {}

    /** A PING was answered. */
    default void roundTrip(long nanos) {}

    /** Reports to all of them, in their order. */
    static TunnelEvents all(TunnelEvents... listeners) {
        return new TunnelEventFanOut(List.of(listeners));
    }
}
