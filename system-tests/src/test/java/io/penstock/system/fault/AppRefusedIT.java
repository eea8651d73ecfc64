package io.penstock.system.fault;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.config.Stopwatch;
import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.RawCaller;
import io.penstock.system.stage.RawCaller.Ending;
import io.penstock.system.stage.Stage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** F7: nothing listens where the developer's app should be. */
@Timeout(value = 120, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AppRefusedIT {
    private static final int REQUESTS = 1000;

    @RegisterExtension
    static final Stage STAGE = Stage.relayed();

    @Test
    void letsTheOriginalAppAnswerWhenTheRuleFailsOpen() throws IOException {
        try (Diversion diversion = STAGE.divert(nobody(), "FAIL_OPEN")) {
            StormReport report = thousandRequests();

            assertThat(report.failed())
                    .as("%s %s", report.failures(), report.samples())
                    .isZero();
            assertThat(report.answeredBy()).isEqualTo(Map.of(Stage.CLUSTER, (long) REQUESTS));
            requireStats(diversion, REQUESTS, REQUESTS);
            assertThat(diversion.state()).isEqualTo("ACTIVE");
        }
        STAGE.requireNoStreams();
    }

    @Test
    void resetsEveryCallerWhenTheRuleRejects() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(50);
        try (Diversion diversion = STAGE.divert(nobody(), "REJECT")) {
            List<Callable<Ending>> callers = Collections.nCopies(REQUESTS, AppRefusedIT::ask);

            // None is answered, and none waits for its patience to end: each is reset as soon as the dial has failed.
            for (Future<Ending> ending : threads.invokeAll(callers)) {
                assertThat(ending.get()).isEqualTo(Ending.RESET);
            }
            requireStats(diversion, REQUESTS, 0);
            assertThat(diversion.state()).isEqualTo("ACTIVE");
        } finally {
            threads.shutdownNow();
        }
        STAGE.requireNoStreams();
    }

    /** The dial's failure lies between the connect and the reset, so what is measured is more than what F7 bounds. */
    @Test
    void saysHowLongAResetTakes() throws IOException {
        List<Long> micros = new ArrayList<>();
        try (Diversion diversion = STAGE.divert(nobody(), "REJECT")) {
            for (int i = 0; i < REQUESTS; i++) {
                Stopwatch watch = Stopwatch.started();
                assertThat(ask()).isEqualTo(Ending.RESET);
                micros.add(watch.elapsed().toNanos() / 1000);
            }
            requireStats(diversion, REQUESTS, 0);
        }
        Collections.sort(micros);
        System.err.printf(
                "REJECT, from a caller's connect to its reset: p50 %d us, p99 %d us, most %d us%n",
                micros.get(REQUESTS / 2), micros.get(REQUESTS * 99 / 100), micros.get(REQUESTS - 1));
    }

    @Test
    void divertsAsSoonAsTheAppListens() throws IOException {
        try (Diversion diversion = STAGE.divert(STAGE.laptop(), "REJECT")) {
            StormReport report = thousandRequests();

            assertThat(report.answeredBy()).isEqualTo(Map.of(Stage.LAPTOP, (long) REQUESTS));
            requireStats(diversion, 0, 0);
        }
    }

    private static StormReport thousandRequests() {
        return STAGE.storm()
                .run(StormPlan.shortConnections(STAGE.door(), 200, REQUESTS / 200)
                        .within(Duration.ofSeconds(20)));
    }

    private static void requireStats(Diversion diversion, long refused, long failedOpen) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            var stats = diversion.stats();
            assertThat(stats.path("failedOpen").asLong()).as("%s", stats).isEqualTo(failedOpen);
            assertThat(stats.path("streamsRefused").path("APP_REFUSED").asLong())
                    .as("%s", stats)
                    .isEqualTo(refused);
        });
    }

    /** A reset may come so fast that connecting or sending meets it. */
    private static Ending ask() throws IOException {
        try (RawCaller caller = RawCaller.dial(STAGE.door())) {
            return caller.say("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readToEnd().ending();
        } catch (SocketException e) {
            assertThat(e.getMessage()).containsAnyOf("reset", "Broken pipe");
            return Ending.RESET;
        }
    }

    private static InetSocketAddress nobody() throws IOException {
        return STAGE.ports().nextAddress();
    }
}
