package io.penstock.gateway.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A moment by which something must have happened.
 *
 * <p><em>Immutable</em>.
 */
record Deadline(InstantSource clock, Instant at) {

    static Deadline in(Duration wait, InstantSource clock) {
        return new Deadline(clock, clock.instant().plus(wait));
    }

    boolean isOver() {
        return !clock.instant().isBefore(at);
    }
}
