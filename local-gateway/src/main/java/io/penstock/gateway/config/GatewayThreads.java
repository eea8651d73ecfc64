package io.penstock.gateway.config;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.penstock.tunnel.carrier.NettyLoop;
import io.penstock.tunnel.carrier.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Every thread that the service makes: event loops for links, dials and the control connection; the control loop; and those that
 * may wait: for HTTP, and, apart from it because a name service may take long, for look-ups. The targets' names are asked for
 * again and again, so those of links have threads of their own.
 *
 * <p><em>Thread-safe</em>.
 */
final class GatewayThreads implements AutoCloseable {

    private static final int MOST_WAITERS = 8;
    private static final int MOST_LOOKUPS = 4;
    /** More than the links of a snapshot, or the names of its targets, ask for at once. */
    private static final int LOOKUP_QUEUE = 1024;

    private static final int IDLE_SECONDS = 30;

    private final Transport transport = Transport.choose();
    private final EventLoopGroup group;
    private final EventLoop control = new DefaultEventLoop(new DefaultThreadFactory("penstock-control", true));
    private final ExecutorService waiters =
            Executors.newFixedThreadPool(MOST_WAITERS, new DefaultThreadFactory("penstock-wait", true));
    private final ThreadPoolExecutor targetLookups = lookups("penstock-target-lookup");
    private final ThreadPoolExecutor linkLookups = lookups("penstock-link-lookup");

    GatewayThreads(int loops) {
        int count = loops == 0 ? Runtime.getRuntime().availableProcessors() : loops;
        this.group = new MultiThreadIoEventLoopGroup(
                count, new DefaultThreadFactory("penstock-loop", true), transport.ioHandlerFactory());
    }

    private static ThreadPoolExecutor lookups(String name) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                MOST_LOOKUPS,
                MOST_LOOKUPS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(LOOKUP_QUEUE),
                new DefaultThreadFactory(name, true),
                GatewayThreads::refuse);
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static void refuse(Runnable question, ThreadPoolExecutor threads) {
        // What is asked while the service ends needs no answer.
        if (!threads.isShutdown()) {
            throw new RejectedExecutionException(
                    "look-ups: " + LOOKUP_QUEUE + " wait (expected: a name service that answers)");
        }
    }

    Transport transport() {
        return transport;
    }

    EventLoopGroup group() {
        return group;
    }

    List<EventLoop> loops() {
        List<EventLoop> loops = new ArrayList<>();
        for (EventExecutor loop : group) {
            loops.add((EventLoop) loop);
        }
        return loops;
    }

    NettyLoop control() {
        return new NettyLoop(control);
    }

    ExecutorService waiters() {
        return waiters;
    }

    Executor targetLookups() {
        return targetLookups;
    }

    Executor linkLookups() {
        return linkLookups;
    }

    @Override
    public void close() {
        control.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        waiters.shutdownNow();
        targetLookups.shutdownNow();
        linkLookups.shutdownNow();
    }
}
