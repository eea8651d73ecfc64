package io.penstock.bench.demo;

import java.time.Duration;

/**
 * How much the demo shows. Immutable.
 *
 * @param concurrency connections opened in the same instant
 * @param rounds of the storm
 * @param duration of the storm instead of its rounds; zero for rounds
 * @param stay whether everything stays up afterwards, until it is ended
 */
public record DemoPlan(int concurrency, int rounds, Duration duration, boolean stay) {
    // One process may hold 20 000 descriptors, and the agent holds two for each connection.
    private static final int MAX_CONCURRENCY = 8000;

    public DemoPlan {
        if (concurrency < 1 || concurrency > MAX_CONCURRENCY) {
            throw new IllegalArgumentException(
                    "--concurrency: " + concurrency + " (expected: 1 to " + MAX_CONCURRENCY + ")");
        }
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds: " + rounds + " (expected: >= 1)");
        }
        if (duration.isNegative()) {
            throw new IllegalArgumentException("--duration: " + duration.toSeconds() + " (expected: seconds, >= 0)");
        }
    }
}
