package io.penstock.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.penstock.bench.config.Deadline;
import io.penstock.bench.config.LoadLoops;
import io.penstock.bench.config.Stopwatch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Connections that are opened, stay idle, and can be asked all at once, as often as one likes. Thread-safe. */
public final class HeldConnections implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    // Opened in groups, so that the far side's queue of new connections is not what is tested here.
    private static final int GROUP = 500;

    private final List<HeldConnection> connections;

    private HeldConnections(List<HeldConnection> connections) {
        this.connections = List.copyOf(connections);
    }

    /** Opens that many; fails when one cannot be opened. */
    public static HeldConnections open(LoadLoops loops, InetSocketAddress target, int count) throws IOException {
        List<HeldConnection> connections = new ArrayList<>(count);
        List<ChannelFuture> connects = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            HeldConnection connection = new HeldConnection(target);
            connections.add(connection);
            connects.add(dial(loops, target, connection));
            if (connects.size() == GROUP || i == count - 1) {
                awaitAll(connects, connections);
                connects.clear();
            }
        }
        return new HeldConnections(connections);
    }

    private static ChannelFuture dial(LoadLoops loops, InetSocketAddress target, HeldConnection connection) {
        return new Bootstrap()
                .group(loops.group())
                .channel(loops.socketType())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) PATIENCE.toMillis())
                .handler(connection)
                .connect(target);
    }

    private static void awaitAll(List<ChannelFuture> connects, List<HeldConnection> opened) throws IOException {
        for (ChannelFuture connect : connects) {
            connect.awaitUninterruptibly();
            if (!connect.isSuccess()) {
                new HeldConnections(opened).close();
                throw new IOException("held connections: one was refused (expected: all open)", connect.cause());
            }
        }
    }

    /** Counts those that are still open. */
    public int openCount() {
        return (int) connections.stream().filter(HeldConnection::isOpen).count();
    }

    /** Asks on every connection at once, and waits for all answers; a connection that is lost has failed. */
    public StormReport askAll(StormPlan.Ask ask) {
        long start = Stopwatch.nanos();
        List<CompletableFuture<Outcome>> answers =
                connections.stream().map(each -> each.ask(ask)).toList();
        Deadline.in(PATIENCE).awaits(() -> answers.stream().allMatch(CompletableFuture::isDone));
        connections.forEach(HeldConnection::giveUp);
        Tally sum = new Tally();
        answers.forEach(answer -> answer.join().addTo(sum));
        return sum.report(start, Stopwatch.nanos());
    }

    @Override
    public void close() {
        connections.forEach(HeldConnection::close);
    }
}
