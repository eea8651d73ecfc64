package io.penstock.tunnel.flow;

import io.penstock.tunnel.LoopConfined;

/**
 * The credit that we hold on one stream: how many bytes the peer still lets us send.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
public final class SendWindow {

    /** A peer that grants beyond this has lost count. */
    static final long MAX = Integer.MAX_VALUE;

    private long available;

    public SendWindow(int initial) {
        if (initial < 0) {
            throw new IllegalArgumentException("initial: " + initial + " (expected: >= 0)");
        }
        this.available = initial;
    }

    public long available() {
        return available;
    }

    /** Spends {@code bytes} of the credit; asking for more than is available is our own mistake. */
    public void take(int bytes) {
        if (bytes < 0 || bytes > available) {
            throw new IllegalStateException("take: " + bytes + " (expected: 0 to " + available + ")");
        }
        available -= bytes;
    }

    /** Adds the peer's credit; false when it is no valid grant, which is a protocol error. */
    public boolean grant(int bytes) {
        if (bytes <= 0 || available + bytes > MAX) {
            return false;
        }
        available += bytes;
        return true;
    }
}
