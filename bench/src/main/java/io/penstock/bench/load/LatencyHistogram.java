package io.penstock.bench.load;

import java.time.Duration;

/**
 * Counts of latencies in buckets 1/64 of their value wide. Only this package writes to it; what a report hands out no longer
 * changes. Loop-confined.
 */
public final class LatencyHistogram {
    private static final int SUB_BITS = 6;
    private static final int SUB_BUCKETS = 1 << SUB_BITS;
    private static final int BUCKETS = (Long.SIZE - SUB_BITS) * SUB_BUCKETS;

    private final long[] counts = new long[BUCKETS];
    private long total;
    private long max;

    void record(long nanos) {
        long value = Math.max(0, nanos);
        counts[bucketOf(value)]++;
        total++;
        max = Math.max(max, value);
    }

    void add(LatencyHistogram other) {
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
        max = Math.max(max, other.max);
    }

    public long count() {
        return total;
    }

    public Duration max() {
        return Duration.ofNanos(max);
    }

    /** Finds the latency that the share {@code quantile} of all records does not exceed; zero when there are none. */
    public Duration quantile(double quantile) {
        if (quantile < 0 || quantile > 1) {
            throw new IllegalArgumentException("quantile: " + quantile + " (expected: 0 to 1)");
        }
        long rank = (long) Math.ceil(quantile * total);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts[i];
            if (seen >= rank && seen > 0) {
                return Duration.ofNanos(Math.min(max, upperBound(i)));
            }
        }
        return Duration.ZERO;
    }

    private static int bucketOf(long nanos) {
        if (nanos < 2 * SUB_BUCKETS) {
            return (int) nanos;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos) - SUB_BITS;
        return shift * SUB_BUCKETS + (int) (nanos >>> shift);
    }

    private static long upperBound(int bucket) {
        if (bucket < 2 * SUB_BUCKETS) {
            return bucket;
        }
        int shift = bucket / SUB_BUCKETS - 1;
        long leading = bucket - (long) shift * SUB_BUCKETS;
        return ((leading + 1) << shift) - 1;
    }
}
