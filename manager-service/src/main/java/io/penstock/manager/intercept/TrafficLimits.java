package io.penstock.manager.intercept;

import io.penstock.manager.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * How much an intercept may carry, all agents together.
 *
 * @param maxStreams open at once; what comes above is refused, and gets what {@code onAppRefused} says in the end. 0 is no limit
 * @param bytesPerSecond both ways together; what comes faster is held back. 0 is no limit
 *     <p><em>Immutable</em>.
 */
public record TrafficLimits(int maxStreams, long bytesPerSecond) {

    /** A frame's worth in a second: below that one read would be a wait of seconds for all. */
    private static final long SLOWEST = 16 * 1024;

    public static final TrafficLimits NONE = new TrafficLimits(0, 0);

    /** Reads limits of which each may be missing. */
    public static TrafficLimits of(@Nullable Integer maxStreams, @Nullable Long bytesPerSecond) {
        return new TrafficLimits(
                (int) atLeast(1, "limits.maxStreams", maxStreams),
                atLeast(SLOWEST, "limits.bytesPerSecond", bytesPerSecond));
    }

    private static long atLeast(long least, String field, @Nullable Number value) {
        if (value == null) {
            return 0;
        }
        if (value.longValue() < least) {
            throw Refusal.invalid(field, value, least + " or more, or nothing for no limit");
        }
        return value.longValue();
    }
}
