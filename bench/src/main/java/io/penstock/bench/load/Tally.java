package io.penstock.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The running count of one share of a load. Loop-confined. */
final class Tally {
    private static final int MAX_SAMPLES = 5;

    private final LatencyHistogram latencies = new LatencyHistogram();
    private final EnumMap<FailureKind, Long> failures = new EnumMap<>(FailureKind.class);
    private final Map<String, Long> answeredBy = new TreeMap<>();
    private final List<String> samples = new ArrayList<>();
    private long lastByteNanos = Long.MIN_VALUE;

    void succeed(String app, long latencyNanos, long nowNanos) {
        latencies.record(latencyNanos);
        answeredBy.merge(app, 1L, Long::sum);
        lastByteNanos = Math.max(lastByteNanos, nowNanos);
    }

    void fail(FailureKind kind, long requests, String detail) {
        failures.merge(kind, requests, Long::sum);
        if (samples.size() < MAX_SAMPLES) {
            samples.add(kind.label() + ": " + detail);
        }
    }

    void add(Tally other) {
        latencies.add(other.latencies);
        other.failures.forEach((kind, count) -> failures.merge(kind, count, Long::sum));
        other.answeredBy.forEach((app, count) -> answeredBy.merge(app, count, Long::sum));
        other.samples.stream().limit(MAX_SAMPLES - samples.size()).forEach(samples::add);
        lastByteNanos = Math.max(lastByteNanos, other.lastByteNanos);
    }

    StormReport report(long startNanos, long endNanos) {
        Duration lastByte = Duration.ofNanos(Math.max(0, lastByteNanos - startNanos));
        return new StormReport(
                latencies,
                failures,
                answeredBy,
                samples,
                new StormTimes(Duration.ofNanos(endNanos - startNanos), lastByte));
    }
}
