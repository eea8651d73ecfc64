package io.penstock.bench.rounds;

import io.penstock.bench.rounds.Goal.Bound;
import io.penstock.bench.rounds.Goal.Point;
import java.util.ArrayList;
import java.util.List;

/** The goals P1 to P7, for the loads that a run had. Immutable. */
final class Goals {
    /** Agent, relay and gateway, each its own process. */
    static final String PENSTOCK = "penstock";

    /** The same without the relay: the gateway dials the agent. */
    static final String DIRECT = "penstock-direct";

    /** With TLS on every carrier. */
    static final String TLS = "penstock-tls";

    /** With the gateway's carriers as gRPC calls. */
    static final String GRPC = "penstock-grpc";

    /** What another source tree built. */
    static final String BESIDE = "penstock-beside";

    static final String ONE_HOP = "haproxy-1";
    static final String TWO_HOPS = "haproxy-2";
    static final String SSH = "ssh -R";

    private final List<Goal> goals = new ArrayList<>();

    private Goals() {}

    static List<Goal> of(Measurements measured) {
        Goals all = new Goals();
        List.of("short-50", "short-200", "short-1000", "short-5000").forEach(load -> all.addCpu("P1", load));
        List.of("kept-100", "kept-1000").forEach(load -> all.addCpu("P2", load));
        List.of("short-200", "short-1000", "short-5000").forEach(load -> all.addRate(load, 1.2, 1.4));
        all.addRate("kept-1000", 1.4, 1.6);
        List.of("download-1", "download-8").forEach(all::addDownload);
        all.add("P5", Metric.P99, "paced-2000", TWO_HOPS, Bound.atMost(1.2));
        List.of("stalled", "bulk").forEach(all::addSideStream);
        all.add("P7", Metric.LAST_BYTE, "storm-2000", TWO_HOPS, Bound.atMost(0.7));
        return all.goals.stream()
                .filter(goal -> measured.loads().contains(goal.subject().load()))
                .filter(goal -> measured.peers().contains(goal.subject().peer()))
                .filter(goal ->
                        !goal.base().peer().equals(BESIDE) || measured.peers().contains(BESIDE))
                .toList();
    }

    private void addCpu(String id, String load) {
        add(id, Metric.CPU, load, TWO_HOPS, Bound.atMost(0.65));
        add(id + " summit", Metric.CPU, load, ONE_HOP, Bound.atMost(1));
        Point plain = new Point(PENSTOCK, load);
        goals.add(new Goal("P9", Metric.CPU, new Point(TLS, load), plain, Bound.atMost(1.5)));
        goals.add(new Goal("beside", Metric.CPU, plain, new Point(BESIDE, load), Bound.atMost(1.03)));
    }

    private void addRate(String load, double hops, double ssh) {
        add("P3", Metric.RATE, load, TWO_HOPS, Bound.atLeast(hops));
        add("P3", Metric.RATE, load, SSH, Bound.atLeast(ssh));
    }

    private void addDownload(String load) {
        add("P4", Metric.THROUGHPUT, load, TWO_HOPS, Bound.atLeast(1));
        add("P4", Metric.CPU, load, TWO_HOPS, Bound.atMost(0.8));
        add("P4", Metric.THROUGHPUT, load, SSH, Bound.atLeast(4));
    }

    private void addSideStream(String kind) {
        Point subject = new Point(PENSTOCK, "paced-2000-beside-" + kind);
        goals.add(new Goal("P6", Metric.P99, subject, new Point(PENSTOCK, "paced-2000"), Bound.atMost(1.5)));
    }

    private void add(String id, Metric metric, String load, String base, Bound bound) {
        goals.add(new Goal(id, metric, new Point(PENSTOCK, load), new Point(base, load), bound));
    }
}
