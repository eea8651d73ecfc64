package io.penstock.tunnel.stream;

import io.netty.buffer.ByteBuf;

/**
 * What a stream tells the relay that holds it. Called on the stream's loop, after the stream's state is consistent; calling
 * back into the stream is allowed.
 *
 * <p><em>Loop-confined</em>.
 */
public interface StreamListener {

    /** The far side reached the target. Not called on the side that accepts. */
    void onAccepted();

    /** Bytes of the peer. The listener owns them, and reports by {@link MuxStream#consumed} when the final socket took them. */
    void onData(ByteBuf bytes);

    /** After {@link MuxStream#isWritable} was false: it is true again. */
    void onWritable();

    /** The peer's last byte has been handed over; our direction goes on. */
    void onHalfClosed();

    /**
     * The stream is over, for the reason given. The last call. Bytes in hand are still reported as consumed, when the socket took
     * them or when they are thrown away: they count as memory until then.
     */
    void onClosed(CloseCause cause);
}
