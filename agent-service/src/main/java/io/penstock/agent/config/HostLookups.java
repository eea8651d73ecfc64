package io.penstock.agent.config;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.penstock.agent.control.HostLookup;
import io.penstock.tunnel.address.HostPort;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks hosts up by the JDK, on a thread that exists only while names are looked up.
 *
 * <p><em>Thread-safe</em>.
 */
final class HostLookups implements HostLookup, AutoCloseable {

    /** More than all links of one snapshot ask for; beyond it a lookup fails and the link is replaced. */
    private static final int QUEUE = 1024;

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            0,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUE),
            new DefaultThreadFactory("agent-lookup", true));

    @Override
    public CompletionStage<InetSocketAddress> find(String text) {
        HostPort hostPort;
        try {
            hostPort = HostPort.parseNamed(text);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
        return hostPort.isLiteral()
                ? CompletableFuture.completedFuture(hostPort.resolve())
                : CompletableFuture.supplyAsync(hostPort::resolve, thread);
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
