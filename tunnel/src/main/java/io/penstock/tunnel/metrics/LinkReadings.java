package io.penstock.tunnel.metrics;

import io.micrometer.core.instrument.Clock;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkStats;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToDoubleFunction;

/**
 * The numbers of all links, asked of their loops. A scrape reads many gauges in a row: they share one reading for 200 ms. A loop
 * that does not answer within a second counts as empty rather than hold up the scrape.
 *
 * <p><em>Thread-safe</em>.
 */
final class LinkReadings {

    private static final long FRESH_NANOS = 200_000_000L;
    private static final long ANSWER_SECONDS = 1;

    private final Collection<Link> links;
    private final Clock clock;
    private List<LinkStats> stats = List.of();
    private long readAt;

    LinkReadings(Collection<Link> links, Clock clock) {
        this.links = links;
        this.clock = clock;
        this.readAt = clock.monotonicTime() - FRESH_NANOS;
    }

    double sum(ToDoubleFunction<LinkStats> value) {
        return read().stream().mapToDouble(value).sum();
    }

    private synchronized List<LinkStats> read() {
        long now = clock.monotonicTime();
        if (now - readAt >= FRESH_NANOS) {
            readAt = now;
            stats = links.stream().map(LinkReadings::ask).toList().stream()
                    .map(LinkReadings::await)
                    .toList();
        }
        return stats;
    }

    /** The link's numbers now, or those of no link. */
    static LinkStats of(Link link) {
        return await(ask(link));
    }

    private static CompletableFuture<LinkStats> ask(Link link) {
        CompletableFuture<LinkStats> answer = new CompletableFuture<>();
        link.loop().execute(() -> answer.complete(link.stats()));
        return answer;
    }

    private static LinkStats await(CompletableFuture<LinkStats> answer) {
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return LinkStats.NONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return LinkStats.NONE;
        }
    }
}
