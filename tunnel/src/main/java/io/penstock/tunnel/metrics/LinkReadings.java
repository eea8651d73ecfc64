package io.penstock.tunnel.metrics;

import io.micrometer.core.instrument.Clock;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkStats;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToDoubleFunction;

/**
 * The numbers of all links, asked of their loops. A scrape reads many gauges in a row: they share one reading for 200 ms. Loops that
 * do not answer in time count as empty, and are waited for all at once; so whoever reads waits for that long at most, and must not
 * be an event loop.
 *
 * <p><em>Thread-safe</em>.
 */
final class LinkReadings {

    /** How long loops may take to answer. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final long FRESH_NANOS = 200_000_000L;

    private final Collection<Link> links;
    private final Clock clock;
    private final Duration patience;
    private Map<Link, LinkStats> stats = Map.of();
    private long readAt;

    LinkReadings(Collection<Link> links, Clock clock, Duration patience) {
        this.links = links;
        this.clock = clock;
        this.patience = patience;
        this.readAt = clock.monotonicTime() - FRESH_NANOS;
    }

    double sum(ToDoubleFunction<LinkStats> value) {
        return read().values().stream().mapToDouble(value).sum();
    }

    /** The link's numbers, or those of no link. */
    LinkStats of(Link link) {
        return read().getOrDefault(link, LinkStats.NONE);
    }

    private synchronized Map<Link, LinkStats> read() {
        if (clock.monotonicTime() - readAt >= FRESH_NANOS) {
            stats = askAll();
            // Only now: the gauges that follow must not wait for the same silent loop again.
            readAt = clock.monotonicTime();
        }
        return stats;
    }

    private Map<Link, LinkStats> askAll() {
        Map<Link, CompletableFuture<LinkStats>> answers = new HashMap<>();
        links.forEach(link -> answers.put(link, ask(link)));
        await(CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new)));
        Map<Link, LinkStats> known = new HashMap<>();
        answers.forEach((link, answer) -> known.put(link, answer.getNow(LinkStats.NONE)));
        return known;
    }

    private static CompletableFuture<LinkStats> ask(Link link) {
        CompletableFuture<LinkStats> answer = new CompletableFuture<>();
        link.loop().execute(() -> answer.complete(link.stats()));
        return answer;
    }

    private void await(CompletableFuture<?> answers) {
        try {
            answers.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // Those that have answered count.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
