package io.penstock.agent.config;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The registry's text, written on a thread that exists only while somebody asks: its gauges wait for the loops of links, and the
 * loop of the admin port waits for nobody. Empty until there is a registry: health is served before metrics are.
 *
 * <p><em>Thread-safe</em>.
 */
final class Scrapes implements Supplier<CompletionStage<String>>, AutoCloseable {

    /** Scrapes that wait for their turn; one more fails. */
    private static final int QUEUE = 16;

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            0,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUE),
            new DefaultThreadFactory("agent-scrape", true));
    private volatile Supplier<String> source = () -> "";

    void from(Supplier<String> registry) {
        source = registry;
    }

    @Override
    public CompletionStage<String> get() {
        try {
            return CompletableFuture.supplyAsync(source, thread);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
