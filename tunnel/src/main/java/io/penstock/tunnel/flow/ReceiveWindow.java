package io.penstock.tunnel.flow;

import io.penstock.tunnel.LoopConfined;

/**
 * The credit that the peer holds on one stream, and the bytes it has bought with it that the final socket has not taken.
 *
 * <p>Always: granted in all = consumed + buffered + credit. The size is a wish: {@code size - credit - buffered} is what could be
 * granted now, and is granted once it is half the size, so that few CREDIT frames carry much each. The size doubles when half
 * a window was used up within two round trips (then it was the window that held the sender back), and falls back to the
 * first size when the stream has slowed down or memory is short: by granting less, since credit is never taken back.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
public final class ReceiveWindow {

    /** A stream that needs this long for half a window has no use for a large one. */
    private static final long SLOW_NANOS = 1_000_000_000L;

    private final CreditPolicy policy;
    private int size;
    private long credit;
    private long buffered;
    private long lastGrant;
    private long lastProgress;

    public ReceiveWindow(CreditPolicy policy, long now) {
        this.policy = policy;
        this.size = policy.initialWindow();
        this.credit = size;
        this.lastGrant = now;
        this.lastProgress = now;
    }

    /** Notes bytes that have arrived; false when the peer had no credit for them, which is a protocol error. */
    public boolean received(int bytes, WindowGrowth clock) {
        if (bytes > credit) {
            return false;
        }
        if (buffered == 0) {
            // Before, there was nothing that could have moved.
            lastProgress = clock.nanoTime();
        }
        credit -= bytes;
        buffered += bytes;
        return true;
    }

    /** Notes bytes that the final socket has taken, and returns the credit to grant now, or 0. */
    public int consumed(int bytes, WindowGrowth growth) {
        if (bytes < 0 || bytes > buffered) {
            throw new IllegalStateException("consumed: " + bytes + " (expected: 0 to " + buffered + ")");
        }
        buffered -= bytes;
        lastProgress = growth.nanoTime();
        return credit + buffered > size / 2 ? 0 : grant(lastProgress, growth);
    }

    private int grant(long now, WindowGrowth growth) {
        resize(now - lastGrant, growth);
        long due = size - credit - buffered;
        if (due <= 0) {
            return 0;
        }
        lastGrant = now;
        credit += due;
        return (int) due;
    }

    private void resize(long elapsed, WindowGrowth growth) {
        if (growth.mustShrink() || elapsed > SLOW_NANOS) {
            size = Math.max(policy.initialWindow(), size / 2);
        } else if (growth.mayGrow() && elapsed < 2 * growth.roundTripNanos()) {
            size = Math.min(policy.maxWindow(), size * 2);
        }
    }

    /** Bytes received that nobody has consumed. */
    public long buffered() {
        return buffered;
    }

    /** Bytes that the peer may still send. */
    public long credit() {
        return credit;
    }

    /** The size that the window strives for, in bytes. */
    public int size() {
        return size;
    }

    /** Since when nothing has moved, by the loop's clock: the last bytes consumed, or the first that could have been. */
    public long lastProgress() {
        return lastProgress;
    }
}
