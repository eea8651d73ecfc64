package io.penstock.agent.control;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: doubling from the first to the longest, each wait shortened by up to a half at random, so
 * that agents that lost the same manager do not come back in step.
 *
 * <p><em>Immutable</em>.
 */
record Backoff(Duration first, Duration longest) {

    /** @param failures how many attempts in a row have failed, from 1 */
    Duration before(int failures, RandomGenerator random) {
        long doubled = first.toNanos() << Math.min(failures - 1, 20);
        long nanos = Math.min(doubled, longest.toNanos());
        return Duration.ofNanos(nanos - (long) (random.nextDouble() * nanos / 2));
    }
}
