package io.penstock.gateway.session;

import java.time.Duration;

/**
 * How long to wait before trying again: doubling from {@code first} to {@code most}, each wait shortened by a random share so
 * that many gateways do not return at the same moment.
 *
 * @param first wait after the first failure
 * @param most longest wait
 * @param jitter share of the wait, 0 to 1, that chance may take away
 *     <p><em>Immutable</em>.
 */
public record ReconnectPolicy(Duration first, Duration most, double jitter) {

    private static final int MAX_DOUBLINGS = 30;

    public ReconnectPolicy {
        if (first.isNegative() || first.isZero() || first.compareTo(most) > 0) {
            throw new IllegalArgumentException("first: " + first + " (expected: more than zero, at most " + most + ")");
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter: " + jitter + " (expected: 0 to 1)");
        }
    }

    /**
     * The wait after that many failures in a row.
     *
     * @param chance 0 to 1, drawn anew each time
     */
    Duration delay(int failures, double chance) {
        long doubled = first.toNanos() << Math.min(MAX_DOUBLINGS, Math.max(0, failures - 1));
        long bounded = doubled <= 0 ? most.toNanos() : Math.min(doubled, most.toNanos());
        return Duration.ofNanos((long) (bounded * (1 - jitter * chance)));
    }
}
