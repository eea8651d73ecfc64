package io.penstock.system.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.config.LoadLoops;
import io.penstock.bench.load.BodyCheck;
import io.penstock.bench.load.Storm;
import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/** Requests that take their time, on connections of their own, of which each has been diverted already. Thread-safe. */
public record RunningRequests(LoadLoops loops, int count, CompletableFuture<StormReport> report)
        implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Starts them, and waits until the gateway has as many streams more. */
    public static RunningRequests start(Stage stage, int count, Duration takes) throws IOException {
        double before = diverted(stage);
        LoadLoops loops = LoadLoops.start(1);
        StormPlan slow = StormPlan.shortConnections(stage.door(), count, 1)
                .asking("/slow?ms=" + takes.toMillis(), BodyCheck.greeting())
                .within(takes.plus(PATIENCE));
        CompletableFuture<StormReport> report = CompletableFuture.supplyAsync(() -> new Storm(loops).run(slow));
        // Others' connections may be among the first.
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(diverted(stage)).isGreaterThanOrEqualTo(before + count));
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(stage.stack().streamsOpen().get("gateway")).isGreaterThanOrEqualTo(count));
        return new RunningRequests(loops, count, report);
    }

    private static double diverted(Stage stage) throws IOException {
        return Scrape.of(stage.stack().agent()).sum("penstock_agent_connections_diverted_total");
    }

    /** Waits for all of them. */
    public void requireAllAnsweredBy(String app) throws ExecutionException, InterruptedException, TimeoutException {
        StormReport all = report.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(all.failed()).as("%s %s", all.failures(), all.samples()).isZero();
        assertThat(all.answeredBy()).isEqualTo(Map.of(app, (long) count));
    }

    /** Whether each has its answer or has failed, now or soon. */
    public boolean areOver() throws ExecutionException, InterruptedException {
        try {
            report.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() {
        loops.close();
    }
}
