package io.penstock.tunnel.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.Future;
import io.penstock.tunnel.LoopConfined;

/**
 * A stream's bytes on their way into a socket: written as they come, flushed once at the end of the turn, and reported as
 * consumed when the kernel has taken them. Usually it takes all at once; when it does not, one marker behind the queue tells
 * when it has, so there is no promise for each write.
 *
 * <p>Every byte is reported exactly once, by {@link #report} alone, also when the socket is closed under them.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class SocketDrain {

    private static final int COMPACT_LIMIT = 1024;

    private final Channel channel;
    private final PacedCredit credit;
    private final Runnable whenDrained;
    private int unreported;
    private boolean flushScheduled;
    private boolean markerPlaced;

    /** @param whenDrained called each time that nothing is queued any more */
    SocketDrain(Channel channel, PacedCredit credit, Runnable whenDrained) {
        this.channel = channel;
        this.credit = credit;
        this.whenDrained = whenDrained;
    }

    /** Takes the bytes over. */
    void write(ByteBuf bytes) {
        unreported += bytes.readableBytes();
        if (!channel.isOpen()) {
            bytes.release();
            abandon();
            return;
        }
        channel.write(markerPlaced ? compact(bytes) : bytes, channel.voidPromise());
        if (!flushScheduled) {
            flushScheduled = true;
            channel.eventLoop().execute(this::flush);
        }
    }

    /** While the kernel is behind, a small piece must not keep the whole buffer alive that a carrier was read into. */
    private ByteBuf compact(ByteBuf bytes) {
        if (bytes.readableBytes() > COMPACT_LIMIT) {
            return bytes;
        }
        ByteBuf copy = channel.alloc().ioBuffer(bytes.readableBytes());
        copy.writeBytes(bytes);
        bytes.release();
        return copy;
    }

    boolean isDrained() {
        return unreported == 0;
    }

    private void flush() {
        flushScheduled = false;
        if (channel.isOpen()) {
            channel.flush();
            settle();
        }
    }

    /** Reports what the kernel has taken, or leaves a marker behind what it has not. */
    private void settle() {
        ChannelOutboundBuffer queued = channel.unsafe().outboundBuffer();
        if (queued == null || queued.isEmpty()) {
            report(unreported);
        } else if (!markerPlaced && channel.isOpen()) {
            placeMarker();
        }
    }

    private void placeMarker() {
        markerPlaced = true;
        int before = unreported;
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(future -> onMarker(future, before));
    }

    private void onMarker(Future<?> marker, int before) {
        markerPlaced = false;
        if (marker.isSuccess()) {
            // A full drain in between may have reported some of these already.
            report(Math.min(before, unreported));
            settle();
        }
    }

    /** The socket is gone: nothing will take what is left, and its memory has been freed. */
    void abandon() {
        report(unreported);
        credit.payAll();
    }

    private void report(int bytes) {
        if (bytes > 0) {
            unreported -= bytes;
            credit.earned(bytes);
        }
        if (unreported == 0) {
            whenDrained.run();
        }
    }
}
