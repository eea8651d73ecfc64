package io.penstock.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.util.concurrent.ScheduledFuture;
import io.penstock.bench.config.LoadLoops;
import io.penstock.bench.config.Stopwatch;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The connections of one round that belong to one event loop. Loop-confined. */
final class StormShare {
    private static final int SWEEP_MILLIS = 100;

    private final StormPlan plan;
    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final Tally tally = new Tally();
    private final List<StormConnection> connections = new ArrayList<>();
    private final CompletableFuture<Tally> done = new CompletableFuture<>();
    private int open;
    private @Nullable ScheduledFuture<?> sweep;

    StormShare(StormPlan plan, EventLoop loop, LoadLoops loops) {
        this.plan = plan;
        this.loop = loop;
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(loops.socketType())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        plan.timeout().toMillis());
        if (loops.isEpoll() && !plan.sources().isEmpty()) {
            bootstrap.option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true);
        }
    }

    /** Opens every {@code step}-th connection of the plan, beginning with the {@code first}-th. */
    CompletableFuture<Tally> start(int first, int step) {
        loop.execute(() -> openAll(first, step));
        return done;
    }

    private void openAll(int first, int step) {
        for (int i = first; i < plan.shape().connections(); i += step) {
            connections.add(new StormConnection(this));
            open++;
        }
        if (open == 0) {
            done.complete(tally);
            return;
        }
        sweep = loop.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
        for (int i = 0; i < connections.size(); i++) {
            connect(connections.get(i), first + i * step);
        }
    }

    private void connect(StormConnection connection, int index) {
        connection.onDialled();
        ChannelFuture connect = dial(bootstrap.clone().handler(connection), index);
        connect.addListener(result -> {
            if (!result.isSuccess()) {
                connection.onRefused(result.cause());
            }
        });
    }

    private ChannelFuture dial(Bootstrap dialler, int index) {
        List<InetSocketAddress> sources = plan.sources();
        return sources.isEmpty()
                ? dialler.connect(plan.target())
                : dialler.connect(plan.target(), sources.get(index % sources.size()));
    }

    private void sweep() {
        long oldest = Stopwatch.nanos() - plan.timeout().toNanos();
        for (StormConnection connection : connections) {
            connection.expire(oldest);
        }
    }

    StormPlan plan() {
        return plan;
    }

    Tally tally() {
        return tally;
    }

    /** Must be called once for every connection, when nothing more will come of it. */
    void onEnded() {
        open--;
        if (open == 0) {
            if (sweep != null) {
                sweep.cancel(false);
            }
            done.complete(tally);
        }
    }
}
