package io.penstock.bench.load;

import io.penstock.bench.config.Stopwatch;
import org.jspecify.annotations.Nullable;

/** How one request ended: answered by somebody, or failed for a reason in words. Immutable. */
record Outcome(@Nullable FailureKind failure, String words, long latencyNanos, long atNanos) {
    static Outcome failed(FailureKind kind, String detail) {
        return new Outcome(kind, detail, 0, 0);
    }

    /** Judges an answer that has been read to its end, just now. */
    static Outcome of(ResponseReader reader, long askedAt) {
        FailureKind failure = reader.failure();
        long now = Stopwatch.nanos();
        return failure == null
                ? new Outcome(null, reader.app(), now - askedAt, now)
                : failed(failure, "answered by '" + reader.app() + "'");
    }

    void addTo(Tally tally) {
        if (failure == null) {
            tally.succeed(words, latencyNanos, atNanos);
        } else {
            tally.fail(failure, 1, words);
        }
    }
}
