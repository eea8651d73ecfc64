package io.penstock.bench.rounds;

/** What is compared; NaN where a sample has no such figure. Immutable. */
enum Metric {
    CPU("CPU s / 1000", 4),
    RATE("req/s", 0),
    P50("p50 ms", 2),
    P99("p99 ms", 2),
    LAST_BYTE("last byte ms", 0),
    THROUGHPUT("MB/s", 0),
    RESIDENT("RSS MiB", 0);

    private final String label;
    private final int decimals;

    Metric(String label, int decimals) {
        this.label = label;
        this.decimals = decimals;
    }

    String label() {
        return label;
    }

    int decimals() {
        return decimals;
    }

    double of(Sample sample) {
        LoadResult result = sample.result();
        return switch (this) {
            case CPU -> sample.cpuPerThousand();
            case RATE -> positive(result.succeeded() / result.seconds());
            case P50 -> positive(result.latency().p50());
            case P99 -> positive(result.latency().p99());
            case LAST_BYTE -> positive(result.latency().last());
            case THROUGHPUT -> positive(result.megabytes() / result.seconds());
            case RESIDENT -> sample.residentMebibytes();
        };
    }

    private static double positive(double value) {
        return value > 0 && Double.isFinite(value) ? value : Double.NaN;
    }
}
