package io.penstock.bench.config;

import java.time.Duration;

/** The harness's one clock: time since a start, monotonic. Immutable. */
public record Stopwatch(long startNanos) {
    public static Stopwatch started() {
        return new Stopwatch(nanos());
    }

    public static long nanos() {
        return System.nanoTime();
    }

    public Duration elapsed() {
        return Duration.ofNanos(nanos() - startNanos);
    }

    public double seconds() {
        return elapsed().toNanos() / 1e9;
    }
}
