package io.penstock.tunnel.stream;

import io.netty.buffer.ByteBuf;
import io.penstock.tunnel.LoopConfined;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that a relay has handed to a stream and that have not left in a frame: bounded by the high mark plus one read, because
 * the relay stops reading its socket while {@link #isFull}.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class OutboundQueue {

    /** Where a relay stops reading its socket, and where it goes on: four and two full DATA frames. */
    private static final int HIGH = 64 * 1024;

    private static final int LOW = 32 * 1024;

    private @Nullable ArrayDeque<ByteBuf> buffers;
    private int bytes;

    /** Takes the buffer over. */
    void add(ByteBuf buffer) {
        if (buffers == null) {
            buffers = new ArrayDeque<>(2);
        }
        buffers.add(buffer);
        bytes += buffer.readableBytes();
    }

    /** Up to {@code max} of the oldest bytes, the caller's to release; never spans two buffers. */
    ByteBuf take(int max) {
        ArrayDeque<ByteBuf> queue = buffers;
        ByteBuf head = queue == null ? null : queue.peek();
        if (queue == null || head == null) {
            throw new IllegalStateException("take: nothing is queued");
        }
        int length = Math.min(max, head.readableBytes());
        bytes -= length;
        if (length < head.readableBytes()) {
            return head.readRetainedSlice(length);
        }
        queue.poll();
        return head;
    }

    int bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return bytes == 0;
    }

    boolean isFull() {
        return bytes >= HIGH;
    }

    boolean hasDrained() {
        return bytes <= LOW;
    }

    /** Drops everything and returns how many bytes that were. */
    int clear() {
        int dropped = bytes;
        if (buffers != null) {
            buffers.forEach(ByteBuf::release);
            buffers = null;
        }
        bytes = 0;
        return dropped;
    }
}
