package io.penstock.tunnel.stream;

import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.flow.WindowGrowth;
import io.penstock.tunnel.frame.Frame;

/**
 * What a stream needs of the link that it belongs to.
 *
 * <p><em>Loop-confined</em>.
 */
public interface StreamHost {

    /** Sends a frame ahead of all data. */
    void sendControl(Frame frame);

    /** The stream has bytes and credit, or a half-close to send: ask it for {@link MuxStream#nextFrame} when its turn comes. */
    void schedule(MuxStream stream);

    /** The stream is over; forget it. The only way out of the table. */
    void retire(MuxStream stream, CloseCause cause);

    /** Bytes of the stream waited that long for nothing but the peer's credit, which has come now. */
    void starved(MuxStream stream, long nanos);

    /** Bytes of the peer are in a relay's hand: they are memory until {@link #taken}. */
    void delivered(int bytes);

    /** A final socket took bytes that were {@link #delivered}. */
    void taken(int bytes);

    MemoryBudget budget();

    WindowGrowth growth();
}
