package io.penstock.bench.config;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A point in time by which something must have happened. Immutable. */
public record Deadline(long nanos) {
    private static final Duration POLL = Duration.ofMillis(20);

    public static Deadline in(Duration duration) {
        return new Deadline(Stopwatch.nanos() + duration.toNanos());
    }

    public boolean isOver() {
        return Stopwatch.nanos() - nanos >= 0;
    }

    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanos - Stopwatch.nanos()));
    }

    /** Polls the condition until it holds or the deadline is over; says whether it held. */
    public boolean awaits(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (isOver() || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return true;
    }

    /** As {@link #awaits}, but goes on waiting when the thread is interrupted. */
    public boolean outlasts(BooleanSupplier condition) {
        boolean interrupted = Thread.interrupted();
        boolean held = awaits(condition);
        while (!held && !isOver()) {
            interrupted |= Thread.interrupted();
            held = awaits(condition);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return held;
    }

    /** Waits until the deadline is over or the thread is interrupted. */
    public void elapse() {
        awaits(() -> false);
    }
}
