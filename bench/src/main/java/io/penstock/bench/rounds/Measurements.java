package io.penstock.bench.rounds;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** All samples of a run, and their medians over rounds. Immutable. */
record Measurements(List<Sample> samples) {
    Measurements {
        samples = List.copyOf(samples);
    }

    List<String> peers() {
        return samples.stream().map(Sample::peer).distinct().toList();
    }

    List<String> loads() {
        return samples.stream().map(Sample::load).distinct().toList();
    }

    /** Returns the processes of a peer, in the order from caller to app. */
    List<String> processes(String peer) {
        return samples.stream()
                .filter(sample -> sample.peer().equals(peer))
                .flatMap(sample -> sample.costs().keySet().stream())
                .distinct()
                .toList();
    }

    /** Returns the median over rounds, or NaN when no round has the figure. */
    double median(String peer, String load, Metric metric) {
        return median(peer, load, metric::of);
    }

    double medianCpu(String peer, String load, String process) {
        return median(peer, load, sample -> sample.cpuPerThousand(process));
    }

    long failed(String peer, String load) {
        return of(peer, load).mapToLong(sample -> sample.result().failed()).sum();
    }

    long requests(String peer, String load) {
        return of(peer, load).mapToLong(sample -> sample.result().requests()).sum();
    }

    private double median(String peer, String load, ToDoubleFunction<Sample> figure) {
        double[] sorted = of(peer, load)
                .mapToDouble(figure)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private Stream<Sample> of(String peer, String load) {
        return samples.stream()
                .filter(sample -> sample.peer().equals(peer) && sample.load().equals(load));
    }
}
