package io.penstock.manager.plane;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The two clocks of the control plane: the wall, for people, and a steady one for deadlines, which advances at each tick
 * by what the wall says but never by more than a second and never back.
 *
 * <p><em>Loop-confined</em>.
 */
final class PlaneTime {
    private static final Duration MAX_STEP = Duration.ofSeconds(1);

    private final InstantSource source;
    private Instant seen;
    private Instant steady = Instant.EPOCH;

    PlaneTime(InstantSource source) {
        this.source = source;
        this.seen = source.instant();
    }

    Instant wall() {
        return source.instant();
    }

    Instant steady() {
        return steady;
    }

    void tick() {
        Instant now = source.instant();
        Duration step = Duration.between(seen, now);
        seen = now;
        if (!step.isNegative()) {
            steady = steady.plus(step.compareTo(MAX_STEP) > 0 ? MAX_STEP : step);
        }
    }
}
