package io.penstock.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.penstock.bench.config.Stopwatch;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One run of a {@link PacedLoad}, on one event loop. Loop-confined. */
final class PacedRun {
    private static final long PATIENCE_SECONDS = 30;

    private final PacedPlan plan;
    private final EventLoop loop;
    private final Class<? extends SocketChannel> socketType;
    private final Tally tally = new Tally();
    private final ArrayDeque<PacedConnection> idle = new ArrayDeque<>();
    private final Set<PacedConnection> alive = new HashSet<>();
    private final ArrayDeque<Long> overdue = new ArrayDeque<>();
    private final CompletableFuture<StormReport> done = new CompletableFuture<>();
    private long issued;
    private long startNanos;

    PacedRun(PacedPlan plan, EventLoop loop, Class<? extends SocketChannel> socketType) {
        this.plan = plan;
        this.loop = loop;
        this.socketType = socketType;
    }

    CompletableFuture<StormReport> start() {
        loop.execute(this::openAll);
        return done;
    }

    private void openAll() {
        for (int i = 0; i < plan.connections(); i++) {
            PacedConnection connection = new PacedConnection(this);
            alive.add(connection);
            new Bootstrap()
                    .group(loop)
                    .channel(socketType)
                    .handler(connection)
                    .connect(plan.target())
                    .addListener(result -> {
                        if (!result.isSuccess()) {
                            onLost(connection, FailureKind.NOT_CONNECTED, String.valueOf(result.cause()));
                        }
                    });
        }
        loop.schedule(this::giveUp, PATIENCE_SECONDS + plan.duration().toSeconds(), TimeUnit.SECONDS);
    }

    PacedPlan plan() {
        return plan;
    }

    void onConnected(PacedConnection connection) {
        idle.add(connection);
        startWhenConnected();
    }

    private void startWhenConnected() {
        if (startNanos == 0 && !idle.isEmpty() && idle.size() == alive.size()) {
            startNanos = Stopwatch.nanos();
            issueWhatIsDue();
        }
    }

    private void issueWhatIsDue() {
        long elapsed = Stopwatch.nanos() - startNanos;
        while (issued < plan.requests() && plan.dueNanos(issued) <= elapsed) {
            overdue.add(startNanos + plan.dueNanos(issued));
            issued++;
        }
        handOut();
        if (issued < plan.requests() && !done.isDone()) {
            loop.schedule(this::issueWhatIsDue, plan.dueNanos(issued) - elapsed, TimeUnit.NANOSECONDS);
        }
    }

    private void handOut() {
        while (!overdue.isEmpty() && !idle.isEmpty()) {
            idle.remove().ask(overdue.remove());
        }
    }

    void onAnswered(PacedConnection connection, String app, long dueNanos) {
        long now = Stopwatch.nanos();
        tally.succeed(app, now - dueNanos, now);
        idle.add(connection);
        handOut();
        finishWhenOver();
    }

    /** Counts a connection that is of no more use as a failure, with or without a request on its way. */
    void onLost(PacedConnection connection, FailureKind kind, String detail) {
        if (done.isDone() || !alive.remove(connection)) {
            return;
        }
        idle.remove(connection);
        tally.fail(kind, 1, detail);
        startWhenConnected();
        if (alive.isEmpty()) {
            failTheRest(kind);
        }
        finishWhenOver();
    }

    private void giveUp() {
        if (!done.isDone()) {
            List.copyOf(alive).forEach(each -> each.lose(FailureKind.TIMED_OUT, "no answer at the end of the run"));
        }
    }

    private void failTheRest(FailureKind kind) {
        long rest = plan.requests() - issued + overdue.size();
        if (rest > 0) {
            tally.fail(kind, rest, "no connection is left");
        }
        issued = plan.requests();
        overdue.clear();
    }

    private void finishWhenOver() {
        boolean over = issued == plan.requests() && overdue.isEmpty() && idle.size() == alive.size();
        if (over && !done.isDone()) {
            done.complete(tally.report(startNanos, Stopwatch.nanos()));
            List.copyOf(alive).forEach(PacedConnection::close);
        }
    }
}
