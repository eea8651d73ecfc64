package io.penstock.bench.demo;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much the demo shows. Immutable.
 *
 * @param concurrency connections opened in the same instant
 * @param rounds of the storm; null for 50, or fewer when the whole demo would take longer than 20 s
 * @param duration of the storm instead of its rounds; null for rounds
 * @param stay whether everything stays up afterwards, until it is ended
 */
public record DemoPlan(
        int concurrency, @Nullable Integer rounds, @Nullable Duration duration, boolean stay) {
    // One process may hold 20 000 descriptors, and the agent holds two for each connection.
    private static final int MAX_CONCURRENCY = 8000;
    private static final int DEFAULT_ROUNDS = 50;
    private static final int LEAST_ROUNDS = 5;
    // After the demo's start; kept connections, leaving and ending everything take the rest of 20 s.
    private static final Duration STORM_ENDS = Duration.ofSeconds(16);

    public DemoPlan {
        if (concurrency < 1 || concurrency > MAX_CONCURRENCY) {
            throw new IllegalArgumentException(
                    "--concurrency: " + concurrency + " (expected: 1 to " + MAX_CONCURRENCY + ")");
        }
        if (rounds != null && rounds < 1) {
            throw new IllegalArgumentException("--rounds: " + rounds + " (expected: 1 or more)");
        }
        if (duration != null && duration.toSeconds() < 1) {
            throw new IllegalArgumentException("--duration: " + duration.toSeconds() + " (expected: 1 second or more)");
        }
    }

    /** Says how the storm is announced. */
    String length() {
        if (duration != null) {
            return duration.toSeconds() + " s";
        }
        return rounds == null ? "up to " + DEFAULT_ROUNDS + " rounds" : rounds + " rounds";
    }

    /** Says whether the storm goes on after so many rounds, so long after its start and the demo's. */
    boolean goesOn(int done, Duration stormed, Duration shown) {
        if (duration != null) {
            return stormed.compareTo(duration) < 0;
        }
        if (rounds != null) {
            return done < rounds;
        }
        return done < DEFAULT_ROUNDS && (done < LEAST_ROUNDS || shown.compareTo(STORM_ENDS) < 0);
    }

    /** Says whether the storm was cut short to keep the demo short. */
    boolean wasCut(int done) {
        return duration == null && rounds == null && done < DEFAULT_ROUNDS;
    }
}
