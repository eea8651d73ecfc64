package io.penstock.bench.rounds;

import io.penstock.bench.peers.Peer;
import io.penstock.bench.process.LaunchedProcess;
import io.penstock.bench.process.ProcStat;
import io.penstock.bench.rounds.Sample.Cost;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A place in the rounds, taken by a peer that is started again when it has died or fallen silent. Startup only. */
final class PeerSlot implements AutoCloseable {
    private final Starter starter;
    private final LaunchedProcess app;
    private Peer peer;
    private boolean answered = true;

    /** Starts a peer. */
    @FunctionalInterface
    interface Starter {
        Peer start() throws IOException;
    }

    PeerSlot(Starter starter, LaunchedProcess app) throws IOException {
        this.starter = starter;
        this.app = app;
        this.peer = starter.start();
    }

    String name() {
        return peer.name();
    }

    Sample measure(Load load) throws IOException {
        restartWhenUseless();
        Map<String, ProcStat> before = stats();
        ProcStat appBefore = app.stat();
        LoadResult result = load.run(peer.address());
        answered = result.succeeded() > 0;
        Cost appCost = cost(appBefore, app.stat());
        Map<String, Cost> costs = new LinkedHashMap<>();
        stats().forEach((name, after) -> costs.put(name, cost(before.getOrDefault(name, ProcStat.NONE), after)));
        return new Sample(peer.name(), load.id(), result, costs, appCost);
    }

    private static Cost cost(ProcStat before, ProcStat after) {
        return new Cost(after.cpuSeconds() - before.cpuSeconds(), after.residentBytes());
    }

    /** A peer that died, or answered nothing at all last time, would only make the next load wait for time-outs. */
    private void restartWhenUseless() throws IOException {
        if (!answered || !peer.processes().stream().allMatch(LaunchedProcess::isAlive)) {
            peer.close();
            peer = starter.start();
            answered = true;
        }
    }

    private Map<String, ProcStat> stats() {
        Map<String, ProcStat> stats = new LinkedHashMap<>();
        peer.processes().forEach(process -> stats.put(process.name(), process.stat()));
        return stats;
    }

    @Override
    public void close() {
        peer.close();
    }
}
