package io.penstock.tunnel.stream;

import io.netty.buffer.ByteBuf;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.flow.SendWindow;

/**
 * One stream's direction towards the peer: what is queued, what may leave, and who waits for room.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class StreamSender {

    private final OutboundQueue queue = new OutboundQueue();
    private final SendWindow window;
    private final MemoryBudget budget;
    /** The relay wants no more bytes to leave; true until the HALF_CLOSE frame has been made. */
    private boolean halfCloseDue;
    /** A relay saw {@link #isWritable} false and stopped reading. */
    private boolean relayWaits;
    /** The stream stands in the scheduler's row. */
    private boolean scheduled;

    private long lastProgress;
    /** Since when bytes have waited for credit; meaningful while {@link #isStarved}. */
    private long starvedSince;

    StreamSender(SendWindow window, MemoryBudget budget, long now) {
        this.window = window;
        this.budget = budget;
        this.lastProgress = now;
    }

    void add(ByteBuf bytes, long now) {
        if (!isStarved()) {
            starvedSince = now;
        }
        if (queue.isEmpty()) {
            // Before, there was nothing that could have moved.
            lastProgress = now;
        }
        budget.charge(bytes.readableBytes());
        queue.add(bytes);
    }

    /** Cuts the next piece off the queue and pays for it with credit. */
    ByteBuf take(int max, long now) {
        ByteBuf bytes = queue.take((int) Math.min(max, window.available()));
        window.take(bytes.readableBytes());
        budget.release(bytes.readableBytes());
        lastProgress = now;
        starvedSince = now;
        return bytes;
    }

    boolean grant(int bytes) {
        return window.grant(bytes);
    }

    /** How long bytes have waited for nothing but credit, in nanoseconds; 0 when they do not. */
    long starvedFor(long now) {
        return isStarved() ? now - starvedSince : 0;
    }

    boolean hasData() {
        return !queue.isEmpty() && window.available() > 0;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    int queued() {
        return queue.bytes();
    }

    long credit() {
        return window.available();
    }

    /** Whether bytes wait for nothing but the peer's credit. */
    boolean isStarved() {
        return !queue.isEmpty() && window.available() == 0;
    }

    long lastProgress() {
        return lastProgress;
    }

    /** Whether the relay may hand over more; remembers a "no", so that {@link #wakesRelay} can answer it. */
    boolean isWritable() {
        boolean writable = !queue.isFull() && (queue.isEmpty() || !budget.isShort());
        relayWaits |= !writable;
        return writable;
    }

    /** Whether a relay that was told to wait may go on now; true once for each wait. */
    boolean wakesRelay() {
        boolean wakes = relayWaits && queue.hasDrained() && (queue.isEmpty() || !budget.isShort());
        relayWaits &= !wakes;
        return wakes;
    }

    void wantHalfClose(boolean due) {
        halfCloseDue = due;
    }

    boolean isHalfCloseDue() {
        return halfCloseDue;
    }

    /** Marks the stream as standing in the row; false when it already did. */
    boolean enterRow() {
        boolean entered = !scheduled;
        scheduled = true;
        return entered;
    }

    void leaveRow() {
        scheduled = false;
    }

    /** Drops what is queued; the credit for it was never spent. */
    void clear() {
        budget.release(queue.clear());
        halfCloseDue = false;
    }
}
