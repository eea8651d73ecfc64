package io.penstock.tunnel.link;

import io.netty.buffer.ByteBuf;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.flow.MemoryBudget;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * The bytes of one direction of a link that were sent and not yet acknowledged, by offset: retained, not copied. What a new
 * carrier starts from.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class ReplayBuffer {

    private final ArrayDeque<ByteBuf> buffers = new ArrayDeque<>();
    private final MemoryBudget budget;
    private final int limit;
    private long start;
    private long end;

    ReplayBuffer(MemoryBudget budget, int limit) {
        this.budget = budget;
        this.limit = limit;
    }

    /** Keeps a reference to the bytes, which take the next offsets. */
    void append(ByteBuf bytes) {
        int length = bytes.readableBytes();
        buffers.add(bytes.retainedDuplicate());
        end += length;
        budget.charge(length);
    }

    /** Forgets the bytes before {@code offset}; false when they were never sent, which is a protocol error. */
    boolean acknowledge(long offset) {
        if (offset > end) {
            return false;
        }
        long freed = Math.max(0, offset - start);
        start += freed;
        budget.release(freed);
        trim(freed);
        return true;
    }

    private void trim(long freed) {
        long left = freed;
        while (left > 0) {
            ByteBuf oldest = buffers.element();
            int length = oldest.readableBytes();
            if (length > left) {
                oldest.skipBytes((int) left);
                return;
            }
            left -= length;
            buffers.remove().release();
        }
    }

    /** Hands out, to be sent again, everything that is not acknowledged; the taker releases it. */
    void replay(Consumer<ByteBuf> out) {
        buffers.forEach(bytes -> out.accept(bytes.retainedDuplicate()));
    }

    /** The offset of the first byte that is kept. */
    long start() {
        return start;
    }

    /** Bytes sent and not acknowledged. */
    long size() {
        return end - start;
    }

    /** Whether no more DATA may be sent before the peer acknowledges some. */
    boolean isFull() {
        return size() >= limit;
    }

    /** Whether control frames, which may pass the limit, have passed it by as much again. */
    boolean isExceeded() {
        return size() > 2L * limit;
    }

    /** The offset behind the last byte sent. */
    long end() {
        return end;
    }

    void clear() {
        budget.release(size());
        start = end;
        buffers.forEach(ByteBuf::release);
        buffers.clear();
    }
}
