package io.penstock.bench.rounds;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One load on one peer in one round. Immutable.
 *
 * @param costs of the peer's own processes, by their names
 * @param app what the app behind the peer cost meanwhile; no part of the peer's sums
 */
record Sample(String peer, String load, LoadResult result, Map<String, Cost> costs, Cost app) {
    static final String APP = "the app behind it";

    /** What one process of the peer used during the load, and held after it. */
    record Cost(double cpuSeconds, long residentBytes) {}

    Sample {
        costs = new LinkedHashMap<>(costs);
    }

    @Override
    public Map<String, Cost> costs() {
        return new LinkedHashMap<>(costs);
    }

    /** Returns CPU-seconds per 1000 good answers of all the peer's processes; NaN without processes or answers. */
    double cpuPerThousand() {
        return costs.isEmpty()
                ? Double.NaN
                : perThousand(
                        costs.values().stream().mapToDouble(Cost::cpuSeconds).sum());
    }

    double cpuPerThousand(String process) {
        Cost cost = process.equals(APP) ? app : costs.get(process);
        return cost == null ? Double.NaN : perThousand(cost.cpuSeconds());
    }

    private double perThousand(double cpuSeconds) {
        return result.succeeded() == 0 ? Double.NaN : cpuSeconds * 1000 / result.succeeded();
    }

    double residentMebibytes() {
        return costs.isEmpty()
                ? Double.NaN
                : costs.values().stream().mapToLong(Cost::residentBytes).sum() / 1048576.0;
    }
}
