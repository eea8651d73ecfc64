package io.penstock.bench.load;

import io.penstock.bench.config.LoadLoops;

/**
 * A fixed rate of checked requests. Latency counts from the moment at which a request was due, so a stall shows in every
 * request that it held up. Thread-safe.
 */
public final class PacedLoad {
    private final LoadLoops loops;

    public PacedLoad(LoadLoops loops) {
        this.loops = loops;
    }

    public StormReport run(PacedPlan plan) {
        return new PacedRun(plan, loops.group().next(), loops.socketType())
                .start()
                .join();
    }
}
