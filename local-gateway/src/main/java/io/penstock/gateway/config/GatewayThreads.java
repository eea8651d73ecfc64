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
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Every thread that the service makes: event loops for links, dials and the control connection; the control loop; and those that
 * may wait: for HTTP, and, apart from it because a name service may take long, for look-ups.
 *
 * <p><em>Thread-safe</em>.
 */
final class GatewayThreads implements AutoCloseable {

    private static final int MOST_WAITERS = 8;
    private static final int MOST_LOOKUPS = 4;
    private static final int IDLE_SECONDS = 30;

    private final Transport transport = Transport.choose();
    private final EventLoopGroup group;
    private final EventLoop control = new DefaultEventLoop(new DefaultThreadFactory("penstock-control", true));
    private final ExecutorService waiters =
            Executors.newFixedThreadPool(MOST_WAITERS, new DefaultThreadFactory("penstock-wait", true));
    // What is asked while the service ends needs no answer.
    private final ThreadPoolExecutor lookups = new ThreadPoolExecutor(
            MOST_LOOKUPS,
            MOST_LOOKUPS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("penstock-lookup", true),
            new ThreadPoolExecutor.DiscardPolicy());

    GatewayThreads(int loops) {
        int count = loops == 0 ? Runtime.getRuntime().availableProcessors() : loops;
        this.group = new MultiThreadIoEventLoopGroup(
                count, new DefaultThreadFactory("penstock-loop", true), transport.ioHandlerFactory());
        lookups.allowCoreThreadTimeOut(true);
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

    Executor lookups() {
        return lookups;
    }

    @Override
    public void close() {
        control.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        waiters.shutdownNow();
        lookups.shutdownNow();
    }
}
