package io.penstock.bench.rounds;

import io.penstock.bench.load.StormReport;

/**
 * What a load generator saw, whichever it was. Immutable.
 *
 * @param requests how many were asked, the failed ones among them
 * @param seconds from the first request to the last answer
 * @param megabytes of bodies, 10^6 bytes each; 0 where it is not the point
 */
record LoadResult(long requests, long failed, double seconds, Latency latency, double megabytes) {
    /** Latencies of good answers, in milliseconds; {@code last} is when the last byte of a whole storm was there. */
    record Latency(double p50, double p99, double last) {
        static final Latency UNKNOWN = new Latency(0, 0, 0);
    }

    static LoadResult of(StormReport report, double megabytesEach) {
        Latency latency = new Latency(
                report.p50Millis(),
                report.p99Millis(),
                report.times().lastByte().toNanos() / 1e6);
        double seconds = report.times().elapsed().toNanos() / 1e9;
        return new LoadResult(report.requests(), report.failed(), seconds, latency, report.succeeded() * megabytesEach);
    }

    /** A load of which nothing came back. */
    static LoadResult allFailed(long requests, double seconds) {
        return new LoadResult(requests, requests, seconds, Latency.UNKNOWN, 0);
    }

    long succeeded() {
        return requests - failed;
    }
}
