package io.penstock.system.stage;

import io.penstock.bench.config.LoadLoops;
import io.penstock.bench.load.PacedLoad;
import io.penstock.bench.load.PacedPlan;
import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Callers who go on asking, a second at a time, until somebody wants to know how they fared. Thread-safe. */
public final class Bystanders implements AutoCloseable {
    private final LoadLoops loops = LoadLoops.start(1);
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final CompletableFuture<StormReport> fared;

    private Bystanders(PacedPlan second) {
        fared = CompletableFuture.supplyAsync(() -> ask(second));
    }

    public static Bystanders start(InetSocketAddress target, int connections, int perSecond) {
        return new Bystanders(
                new PacedPlan(target, StormPlan.Ask.greeting(), connections, perSecond, Duration.ofSeconds(1)));
    }

    private StormReport ask(PacedPlan second) {
        PacedLoad load = new PacedLoad(loops);
        StormReport all = StormReport.EMPTY;
        do {
            all = all.plus(load.run(second));
        } while (!stopped.get());
        return all;
    }

    /** Lets them end what they have begun; returns everything that they were answered. */
    public StormReport finish() throws ExecutionException, InterruptedException, TimeoutException {
        stopped.set(true);
        return fared.get(90, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        stopped.set(true);
        loops.close();
    }
}
