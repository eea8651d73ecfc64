package io.penstock.bench.rounds;

import io.penstock.bench.rounds.LoadResult.Latency;
import io.penstock.bench.rounds.Sample.Cost;
import java.util.List;
import java.util.Map;

/** Samples with made-up figures. Immutable. */
final class Figures {
    private static final Cost NGINX = new Cost(0.03, 10L << 20);

    private Figures() {}

    /** Makes a sample of 1000 good answers in a second. */
    static Sample sample(String peer, String load, double cpuSeconds) {
        LoadResult result = new LoadResult(1000, 0, 1, new Latency(1, 2, 3), 0);
        return new Sample(peer, load, result, Map.of(peer + "-process", new Cost(cpuSeconds, 50L << 20)), NGINX);
    }

    static Sample failed(String peer, String load) {
        return new Sample(
                peer, load, LoadResult.allFailed(1000, 1), Map.of(peer + "-process", new Cost(1, 50L << 20)), NGINX);
    }

    static Measurements twoPeers() {
        return new Measurements(List.of(
                sample(Goals.TWO_HOPS, "short-200", 0.2),
                sample(Goals.PENSTOCK, "short-200", 0.1),
                sample(Goals.ONE_HOP, "short-200", 0.09),
                failed(Goals.SSH, "short-200")));
    }
}
