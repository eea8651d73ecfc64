package io.penstock.bench.rounds;

import io.penstock.bench.config.Deadline;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * All loads on all peers, interleaved: within a round every load visits every peer before the next load, and each round
 * begins with another peer, so that what the machine does meanwhile meets all alike. Startup only.
 */
final class BenchRun {
    // For sockets and JIT threads of the one before to come to rest.
    private static final Duration SETTLE = Duration.ofMillis(300);

    private final List<PeerSlot> peers;
    private final List<Load> loads;
    private final PrintWriter progress;

    BenchRun(List<PeerSlot> peers, List<Load> loads, PrintWriter progress) {
        this.peers = List.copyOf(peers);
        this.loads = List.copyOf(loads);
        this.progress = progress;
    }

    /** Runs every load once on the peers that compile while they run, and throws the figures away. */
    void warmUp(Predicate<String> compiles) throws IOException {
        List<PeerSlot> cold =
                peers.stream().filter(slot -> compiles.test(slot.name())).toList();
        new BenchRun(cold, loads, progress).round("warm-up", 0);
    }

    Measurements run(int rounds) throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            samples.addAll(round("round " + round + "/" + rounds, round - 1));
        }
        return new Measurements(samples);
    }

    private List<Sample> round(String label, int first) throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (Load load : loads) {
            for (int i = 0; i < peers.size(); i++) {
                Sample sample = peers.get((first + i) % peers.size()).measure(load);
                samples.add(sample);
                progress.println(label + "  " + describe(sample));
                Deadline.in(SETTLE).elapse();
            }
        }
        return samples;
    }

    private static String describe(Sample sample) {
        double cpu = sample.cpuPerThousand();
        return String.format(
                Locale.ROOT,
                "%-26s %-16s %8.0f req/s  p99 %8.2f ms  CPU %7s s/1000  %d failed",
                sample.load(),
                sample.peer(),
                sample.result().succeeded() / Math.max(1e-9, sample.result().seconds()),
                sample.result().latency().p99(),
                Double.isNaN(cpu) ? "-" : String.format(Locale.ROOT, "%.4f", cpu),
                sample.result().failed());
    }
}
