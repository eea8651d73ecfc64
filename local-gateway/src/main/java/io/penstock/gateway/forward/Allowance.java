package io.penstock.gateway.forward;

import io.penstock.gateway.session.TrafficLimits;
import io.penstock.tunnel.flow.ByteRate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is left of an intercept's limits, for all loops together. It outlives snapshots that do not change the limits.
 *
 * <p><em>Thread-safe</em>.
 */
final class Allowance {

    private final TrafficLimits limits;
    private final LongSupplier open;
    private final ThrottledTime throttled;
    private final @Nullable ByteRate rate;

    /**
     * @param open streams of the intercept that are open now
     * @param throttled adds up for how long bytes were held back
     * @param now in nanoseconds, on the clock of the draws
     */
    Allowance(TrafficLimits limits, LongSupplier open, ThrottledTime throttled, long now) {
        this.limits = limits;
        this.open = open;
        this.throttled = throttled;
        this.rate = limits.bytesPerSecond() == 0 ? null : new ByteRate(limits.bytesPerSecond(), now);
    }

    TrafficLimits limits() {
        return limits;
    }

    /** Whether a stream that is open already, the newest one, is one too many. Two that come at once may both be. */
    boolean isExceeded() {
        return limits.maxStreams() > 0 && open.getAsLong() > limits.maxStreams();
    }

    boolean limitsBytes() {
        return rate != null;
    }

    /** Draws bytes; returns for how many nanoseconds the drawer is to move no more. */
    long draw(int bytes, long now) {
        long wait = rate == null ? 0 : rate.draw(bytes, now);
        if (wait > 0) {
            throttled.add(wait);
        }
        return wait;
    }
}
