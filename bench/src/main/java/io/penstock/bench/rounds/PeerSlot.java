package io.penstock.bench.rounds;

import io.penstock.bench.peers.Peer;
import io.penstock.bench.process.LaunchedProcess;
import io.penstock.bench.process.ProcStat;
import io.penstock.bench.rounds.Sample.Cost;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A place in the rounds, taken by a peer that is started again when it has died. Startup only. */
final class PeerSlot implements AutoCloseable {
    private final Starter starter;
    private Peer peer;

    /** Starts a peer. */
    @FunctionalInterface
    interface Starter {
        Peer start() throws IOException;
    }

    PeerSlot(Starter starter) throws IOException {
        this.starter = starter;
        this.peer = starter.start();
    }

    String name() {
        return peer.name();
    }

    Sample measure(Load load) throws IOException {
        restartWhenDead();
        Map<String, ProcStat> before = stats();
        LoadResult result = load.run(peer.address());
        Map<String, ProcStat> after = stats();
        Map<String, Cost> costs = new LinkedHashMap<>();
        after.forEach((name, stat) -> {
            ProcStat start = before.getOrDefault(name, ProcStat.NONE);
            costs.put(name, new Cost(stat.cpuSeconds() - start.cpuSeconds(), stat.residentBytes()));
        });
        return new Sample(peer.name(), load.id(), result, costs);
    }

    private void restartWhenDead() throws IOException {
        if (!peer.processes().stream().allMatch(LaunchedProcess::isAlive)) {
            peer.close();
            peer = starter.start();
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
