package io.penstock.tunnel.testkit;

import io.netty.buffer.ByteBuf;
import io.penstock.tunnel.link.Carrier;
import io.penstock.tunnel.link.Loop;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection in memory. Bytes that were flushed wait until {@link #deliver} moves some of them to the other end: so
 * a test chooses when they arrive and how they are cut.
 *
 * <p><em>Loop-confined</em>.
 */
public final class InMemoryCarrier implements Carrier {

    private final Loop loop;
    private final ArrayDeque<ByteBuf> written = new ArrayDeque<>();
    private final ArrayDeque<ByteBuf> flushed = new ArrayDeque<>();
    private final Tap tap;
    private int capacity;
    private int pending;
    private boolean writable = true;
    private boolean readWanted = true;
    private State state = State.OPEN;
    private @Nullable Ends ends;

    private enum State {
        OPEN,
        CLOSED,
        /** Its own link hears nothing more, not even of its end. */
        ABANDONED
    }

    private record Ends(CarrierReader reader, InMemoryCarrier peer) {}

    /** @param capacity bytes that wait at this end before it is no longer writable */
    public InMemoryCarrier(Loop loop, int capacity) {
        this(loop, capacity, new Tap());
    }

    InMemoryCarrier(Loop loop, int capacity, Tap tap) {
        this.loop = loop;
        this.capacity = capacity;
        this.tap = tap;
    }

    /** Joins two ends; each reader hears what the other end's carrier sends. */
    public static void join(
            InMemoryCarrier left, CarrierReader leftReader, InMemoryCarrier right, CarrierReader rightReader) {
        left.ends = new Ends(leftReader, right);
        right.ends = new Ends(rightReader, left);
    }

    /** Counts what leaves this end and what of it arrives at the other. */
    Tap tap() {
        return tap;
    }

    @Override
    public void write(ByteBuf bytes) {
        if (isClosed()) {
            bytes.release();
            return;
        }
        tap.sent(bytes);
        written.add(bytes);
        pending += bytes.readableBytes();
        writable &= pending < capacity;
    }

    @Override
    public void flush() {
        flushed.addAll(written);
        written.clear();
    }

    @Override
    public boolean isWritable() {
        return writable && !isClosed();
    }

    @Override
    public void read(boolean wanted) {
        readWanted = wanted;
    }

    /** Whether the link lets this end read. */
    public boolean isRead() {
        return readWanted;
    }

    @Override
    public void close() {
        if (!isClosed()) {
            state = State.CLOSED;
            flush();
            loop.execute(() -> ends().reader.onCarrierLost("closed here"));
            endIfEmpty();
        }
    }

    @Override
    public void abandon() {
        boolean wasOpen = !isClosed();
        state = State.ABANDONED;
        if (wasOpen) {
            dropAll();
            ends().peer.lose("abandoned by the other end");
        }
    }

    public boolean isClosed() {
        return state != State.OPEN;
    }

    /** Both ends lose the connection, with all that was under way. */
    public void cut() {
        dropAll();
        ends().peer.dropAll();
        lose("cut");
        ends().peer.lose("cut");
    }

    private void lose(String detail) {
        if (!isClosed()) {
            state = State.CLOSED;
            dropAll();
            loop.execute(() -> {
                if (state != State.ABANDONED) {
                    ends().reader.onCarrierLost(detail);
                }
            });
        }
    }

    /** Changes how much may wait here: nothing at all for 0. */
    public void resize(int bytes) {
        capacity = bytes;
        writable &= pending < capacity;
        wakeIfDrained();
    }

    /** Bytes that were flushed and have not arrived. */
    public int inFlight() {
        return flushed.stream().mapToInt(ByteBuf::readableBytes).sum();
    }

    /** Whether {@link #deliver} would move something. */
    public boolean canDeliver() {
        return !flushed.isEmpty() && (ends().peer.readWanted || ends().peer.isClosed());
    }

    /** Moves up to {@code max} bytes to the other end in one piece; false when none could move. */
    public boolean deliver(int max) {
        if (!canDeliver()) {
            return false;
        }
        ByteBuf piece = take(max);
        pending -= piece.readableBytes();
        if (!ends().peer.isClosed()) {
            tap.arrived(piece);
            ends().peer.ends().reader.onBytes(piece);
        }
        piece.release();
        wakeIfDrained();
        endIfEmpty();
        return true;
    }

    private ByteBuf take(int max) {
        ByteBuf piece = flushed.element().alloc().heapBuffer(Math.min(max, 1024));
        while (piece.readableBytes() < max && !flushed.isEmpty()) {
            ByteBuf head = flushed.element();
            piece.writeBytes(head, Math.min(max - piece.readableBytes(), head.readableBytes()));
            if (!head.isReadable()) {
                flushed.remove().release();
            }
        }
        return piece;
    }

    private void wakeIfDrained() {
        if (!writable && !isClosed() && pending <= capacity / 2 && capacity > 0) {
            writable = true;
            loop.execute(() -> ends().reader.onCarrierWritable());
        }
    }

    private void endIfEmpty() {
        if (isClosed() && flushed.isEmpty()) {
            ends().peer.lose("closed by the other end");
        }
    }

    private void dropAll() {
        flush();
        flushed.forEach(ByteBuf::release);
        flushed.clear();
        pending = 0;
    }

    private Ends ends() {
        if (ends == null) {
            throw new IllegalStateException("carrier: not joined to another");
        }
        return ends;
    }

    @Override
    public String describe() {
        return "memory";
    }
}
