package io.penstock.bench.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a load. Immutable.
 *
 * @param latencies of the good answers only, from connect (or, on a kept connection, from request) to last byte
 * @param failures how many requests failed, by kind; kinds that did not occur are absent
 * @param answeredBy how many good answers each app gave, by its own word; an app that did not say is ""
 * @param samples a few failures in words
 */
public record StormReport(
        LatencyHistogram latencies,
        Map<FailureKind, Long> failures,
        Map<String, Long> answeredBy,
        List<String> samples,
        StormTimes times) {
    public static final StormReport EMPTY = new Tally().report(0, 0);

    public StormReport {
        LatencyHistogram copy = new LatencyHistogram();
        copy.add(latencies);
        latencies = copy;
        EnumMap<FailureKind, Long> kinds = new EnumMap<>(FailureKind.class);
        kinds.putAll(failures);
        failures = Collections.unmodifiableMap(kinds);
        answeredBy = Collections.unmodifiableMap(new TreeMap<>(answeredBy));
        samples = List.copyOf(samples);
    }

    public long requests() {
        return succeeded() + failed();
    }

    public long succeeded() {
        return latencies.count();
    }

    public long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    public double requestsPerSecond() {
        double seconds = times.elapsed().toNanos() / 1e9;
        return seconds > 0 ? succeeded() / seconds : 0;
    }

    public double p50Millis() {
        return latencies.quantile(0.5).toNanos() / 1e6;
    }

    public double p99Millis() {
        return latencies.quantile(0.99).toNanos() / 1e6;
    }

    public double maxMillis() {
        return latencies.max().toNanos() / 1e6;
    }

    /** Joins two loads that ran one after the other. */
    public StormReport plus(StormReport other) {
        LatencyHistogram joined = new LatencyHistogram();
        joined.add(latencies);
        joined.add(other.latencies);
        List<String> words = new ArrayList<>(samples);
        other.samples.stream().limit(Math.max(0, 5 - words.size())).forEach(words::add);
        return new StormReport(
                joined,
                sum(failures, other.failures),
                sum(answeredBy, other.answeredBy),
                words,
                times.plus(other.times));
    }

    private static <K extends Comparable<K>> Map<K, Long> sum(Map<K, Long> left, Map<K, Long> right) {
        Map<K, Long> sum = new TreeMap<>(left);
        right.forEach((key, count) -> sum.merge(key, count, Long::sum));
        return sum;
    }
}
