package io.penstock.bench.load;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Requests at a fixed rate over kept connections, whether or not earlier ones have been answered. Immutable.
 *
 * @param connections how many are open; a request that finds none idle waits, and its wait counts
 */
public record PacedPlan(
        InetSocketAddress target, StormPlan.Ask ask, int connections, int perSecond, Duration duration) {
    public PacedPlan {
        if (connections < 1 || perSecond < 1) {
            throw new IllegalArgumentException(
                    "connections and perSecond: " + connections + ", " + perSecond + " (expected: >= 1)");
        }
    }

    long requests() {
        return Math.max(1, perSecond * duration.toMillis() / 1000);
    }

    /** Returns when a request is due, in nanoseconds from the start. */
    long dueNanos(long request) {
        return request * 1_000_000_000L / perSecond;
    }
}
