package io.penstock.tunnel.link;

import io.netty.buffer.ByteBuf;

/**
 * The connection that a link runs on at the moment: an ordered pipe of bytes, replaceable under a living link. What it reads it
 * hands to {@link Link#onBytes}, and its end to {@link Link#onCarrierLost}.
 *
 * <p><em>Loop-confined</em>.
 */
public interface Carrier {

    /** Queues the bytes and takes them over; nothing leaves before {@link #flush}. */
    void write(ByteBuf bytes);

    void flush();

    /** Whether more should be written now; when it turns true again the carrier calls {@link Link#onCarrierWritable}. */
    boolean isWritable();

    /** Lets the carrier read, or stops it, so that TCP holds the peer back. */
    void read(boolean wanted);

    /** Closes the connection after what is queued has left. */
    void close();

    /** Ends the connection at once; the link runs on another one, and hears nothing more of this. */
    void abandon();

    /** For logs: the addresses of both ends. */
    String describe();
}
