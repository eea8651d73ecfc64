package io.penstock.bench.load;

import io.netty.channel.EventLoop;
import io.penstock.bench.config.LoadLoops;
import io.penstock.bench.config.Stopwatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A bounded load of HTTP GETs whose every answer is checked to the last byte. A connection's last request says
 * {@code Connection: close} and counts as answered when the far side has closed. Thread-safe.
 */
public final class Storm {
    private final LoadLoops loops;

    public Storm(LoadLoops loops) {
        this.loops = loops;
    }

    /** Hears of every round as it ends, on the thread that runs the storm; the next one waits for it. */
    @FunctionalInterface
    public interface RoundListener {
        void onRound(int round, StormReport report);
    }

    public StormReport run(StormPlan plan) {
        return run(plan, (round, report) -> {});
    }

    public StormReport run(StormPlan plan, RoundListener listener) {
        StormReport all = StormReport.EMPTY;
        for (int round = 1; round <= plan.shape().rounds(); round++) {
            StormReport report = round(plan);
            all = all.plus(report);
            listener.onRound(round, report);
        }
        return all;
    }

    /** Runs one round, whatever number of them is planned. */
    public StormReport round(StormPlan plan) {
        long start = Stopwatch.nanos();
        List<EventLoop> all = loops.all();
        List<CompletableFuture<Tally>> shares = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            shares.add(new StormShare(plan, all.get(i), loops).start(i, all.size()));
        }
        Tally sum = new Tally();
        shares.forEach(share -> sum.add(share.join()));
        return sum.report(start, Stopwatch.nanos());
    }
}
