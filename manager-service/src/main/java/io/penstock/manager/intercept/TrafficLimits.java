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

    public static final TrafficLimits NONE = new TrafficLimits(0, 0);

    /** Reads limits of which each may be missing. */
    public static TrafficLimits of(@Nullable Integer maxStreams, @Nullable Long bytesPerSecond) {
        return new TrafficLimits(
                (int) positive("limits.maxStreams", maxStreams), positive("limits.bytesPerSecond", bytesPerSecond));
    }

    private static long positive(String field, @Nullable Number value) {
        if (value == null) {
            return 0;
        }
        if (value.longValue() < 1) {
            throw Refusal.invalid(field, value, "1 or more, or nothing for no limit");
        }
        return value.longValue();
    }
}
