package io.penstock.bench.load;

import java.time.Duration;

/**
 * How long a load took. Immutable.
 *
 * @param elapsed from the first connect to the last end of a connection, summed over rounds
 * @param lastByte from the first connect of a round to its last byte of a good answer; the worst of all rounds
 */
public record StormTimes(Duration elapsed, Duration lastByte) {
    StormTimes plus(StormTimes other) {
        Duration worst = lastByte.compareTo(other.lastByte) >= 0 ? lastByte : other.lastByte;
        return new StormTimes(elapsed.plus(other.elapsed), worst);
    }
}
