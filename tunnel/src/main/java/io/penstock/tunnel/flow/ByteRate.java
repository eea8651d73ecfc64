package io.penstock.tunnel.flow;

import java.util.concurrent.atomic.AtomicLong;

/**
 * So many bytes in a second, drawn by whoever wants to move some: a clock of what has been promised, which runs ahead of the real
 * one while more is drawn than the rate allows. Everybody may draw; who drew too much waits before drawing again, so the rate holds
 * on average, and is passed by no more than one draw of each at a time. It runs ahead by ten seconds at most: what is drawn beyond is
 * forgiven, so that nobody waits for longer for what others drew.
 *
 * <p><em>Thread-safe</em>.
 */
public final class ByteRate {

    private static final long SECOND = 1_000_000_000L;
    /** What may be drawn at once after a rest: a tenth of a second's worth. */
    private static final long BURST = SECOND / 10;

    private static final long MOST_AHEAD = 10 * SECOND;

    private final long bytesPerSecond;
    private final AtomicLong promisedUntil;

    /** @param now in nanoseconds, on the same clock as all draws */
    public ByteRate(long bytesPerSecond, long now) {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("bytesPerSecond: " + bytesPerSecond + " (expected: >= 1)");
        }
        this.bytesPerSecond = bytesPerSecond;
        this.promisedUntil = new AtomicLong(now - BURST);
    }

    /** Draws bytes; returns for how many nanoseconds the drawer is to draw no more, 0 when it need not wait. */
    public long draw(int bytes, long now) {
        long cost = Math.round((double) bytes / bytesPerSecond * SECOND);
        long until = promisedUntil.updateAndGet(promised -> {
            long next = later(promised, now - BURST) + cost;
            return next - now > MOST_AHEAD ? now + MOST_AHEAD : next;
        });
        return Math.max(0, until - now);
    }

    /** Nanosecond clocks may wrap. */
    private static long later(long a, long b) {
        return a - b > 0 ? a : b;
    }

    public long bytesPerSecond() {
        return bytesPerSecond;
    }
}
