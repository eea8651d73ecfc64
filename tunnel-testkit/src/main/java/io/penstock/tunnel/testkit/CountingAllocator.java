package io.penstock.tunnel.testkit;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;

/**
 * An allocator that knows how many of its buffers have not been released: exactly, at once, and without waiting for the
 * garbage collector.
 *
 * <p><em>Loop-confined</em>.
 */
public final class CountingAllocator extends AbstractByteBufAllocator {

    private int live;

    public CountingAllocator() {
        super(false);
    }

    /** Buffers that nobody has released. */
    public int live() {
        return live;
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return new CountedBuffer(initialCapacity, maxCapacity);
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        return new CountedBuffer(initialCapacity, maxCapacity);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }

    private final class CountedBuffer extends UnpooledHeapByteBuf {
        CountedBuffer(int initialCapacity, int maxCapacity) {
            super(CountingAllocator.this, initialCapacity, maxCapacity);
            live++;
        }

        @Override
        protected void deallocate() {
            live--;
            super.deallocate();
        }
    }
}
