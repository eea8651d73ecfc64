package io.penstock.system.fault;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.config.Stopwatch;
import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import io.penstock.bench.peers.Program;
import io.penstock.system.stage.Call;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.NeedsPeers;
import io.penstock.system.stage.RawCaller;
import io.penstock.system.stage.RawCaller.Ending;
import io.penstock.system.stage.Scrape;
import io.penstock.system.stage.Stage;
import io.penstock.system.stage.SteadyCallers;
import io.penstock.system.stage.Wrk;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * F1, under each policy: the gateway is killed under load, or its links are cut off. What is under way when it dies is lost, since
 * nobody knows what became of it; whoever comes 100 ms later or more is answered, unless the policy says REJECT.
 */
@Timeout(value = 180, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@NeedsPeers(Program.WRK)
class GatewayLossIT {
    private static final int CALLERS = 50;
    private static final int KEPT = 100;
    private static final Duration NOTICED = Duration.ofMillis(100);

    @RegisterExtension
    // The links of a gateway that is lost are given up 5 s later; so the grace is what ends them here, and load goes on
    // for longer.
    static final Stage STAGE = Stage.relayedOverFaultyNetwork()
            .with((plan, home) -> plan.withAgent(List.of("--resume-grace", "5s")))
            .withManager("--penstock.manager.lease.duration=4s");

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void letsTheOriginalAppAnswerWhenTheRuleFailsOpen() throws Exception {
        Diversion lost = divert("FAIL_OPEN");
        Future<Wrk.Outcome> load = loadUntilItIsDiverted();
        try (SteadyCallers callers = SteadyCallers.start(STAGE.door(), Duration.ofMillis(20))) {
            callers.awaitAnswerBy(Stage.LAPTOP, Stopwatch.nanos());
            STAGE.stack().gateway().process().kill();
            long killed = Stopwatch.nanos();

            requireAnswersBy(Stage.CLUSTER);
            STAGE.stack().awaitState(lost.id(), "SUSPENDED");
            requireAnswersBy(Stage.CLUSTER);
            requireThatTheOriginalAppAnswered(callers.finish(), killed + NOTICED.toNanos());
        }
        load.get().requireThatEachConnectionFailedOnceAtMost();

        comeBackInsteadOf(lost);
    }

    @Test
    void resetsEverybodyWhileTheGatewayIsLostWhenTheRuleRejects() throws Exception {
        Diversion lost = divert("REJECT");
        Future<Wrk.Outcome> load = loadUntilItIsDiverted();
        double passed = agent("penstock_agent_connections_passed_total");
        STAGE.stack().gateway().process().kill();

        requireResets();
        STAGE.stack().awaitState(lost.id(), "SUSPENDED");
        requireResets();
        load.get();

        assertThat(agent("penstock_agent_connections_passed_total"))
                .as("connections to the original app")
                .isEqualTo(passed);
        comeBackInsteadOf(lost);
    }

    @Test
    void letsEverybodyWaitAndThenTheOriginalAppAnswerWhenTheRuleHolds() throws Exception {
        Diversion lost = divert("HOLD 2s");
        Future<Wrk.Outcome> load = loadUntilItIsDiverted();
        STAGE.stack().gateway().process().kill();
        double waits = agent("penstock_agent_link_waits_total");

        requireAnswersBy(Stage.CLUSTER);
        assertThat(agent("penstock_agent_link_waits_total") - waits).isGreaterThanOrEqualTo(CALLERS);
        STAGE.stack().awaitState(lost.id(), "SUSPENDED");
        requireAnswersBy(Stage.CLUSTER);
        load.get().requireThatEachConnectionFailedOnceAtMost();

        comeBackInsteadOf(lost);
    }

    @Test
    void letsEverybodyWaitForLinksThatComeBack() throws Exception {
        try (Diversion diversion = divert("HOLD 60s then REJECT")) {
            double waits = agent("penstock_agent_link_waits_total");
            double losses = agent("penstock_link_carriers_lost_total");
            int links = STAGE.network().breakDown() / 2;
            Awaitility.await().until(() -> agent("penstock_link_carriers_lost_total") - losses >= links);
            Future<StormReport> storm = threads.submit(GatewayLossIT::storm);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> agent("penstock_agent_link_waits_total") - waits == CALLERS);
            assertThat(storm.isDone()).isFalse();

            STAGE.network().repair();

            assertThat(storm.get().failed()).as("%s", storm.get().failures()).isZero();
            assertThat(storm.get().answeredBy()).isEqualTo(Map.of(Stage.LAPTOP, (long) CALLERS));
            assertThat(diversion.state()).isEqualTo("ACTIVE");
        }
        STAGE.requireNoStreams();
    }

    private static Diversion divert(String onGatewayLoss) throws IOException {
        return STAGE.divert(STAGE.laptop(), "FAIL_OPEN", onGatewayLoss);
    }

    /** For as long as a gateway and its links need to be lost, and a while longer. */
    private Future<Wrk.Outcome> loadUntilItIsDiverted() throws IOException {
        double before = agent("penstock_agent_connections_diverted_total");
        Future<Wrk.Outcome> load = threads.submit(Wrk.at(STAGE, "/", KEPT, Duration.ofSeconds(10)));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> agent("penstock_agent_connections_diverted_total") - before >= KEPT);
        return load;
    }

    private static void requireThatTheOriginalAppAnswered(List<Call> calls, long since) {
        assertThat(calls)
                .filteredOn(call -> call.begunNanos() >= since)
                .hasSizeGreaterThan(KEPT)
                .extracting(Call::answer)
                .containsOnly(Stage.CLUSTER);
    }

    /** The next gateway's intercept takes the place of the lost one, and everybody is answered by the laptop again. */
    private static void comeBackInsteadOf(Diversion lost) throws IOException {
        STAGE.stack().startGatewayAnew();
        try (Diversion next = divert("FAIL_OPEN")) {
            assertThat(lost.state()).isEqualTo("ENDED");
            STAGE.awaitAnswersBy(Stage.LAPTOP);
            assertThat(next.state()).isEqualTo("ACTIVE");
        }
        STAGE.requireNoStreams();
    }

    private static StormReport storm() {
        return STAGE.storm()
                .run(StormPlan.shortConnections(STAGE.door(), CALLERS, 1).within(Duration.ofSeconds(60)));
    }

    private static void requireAnswersBy(String app) {
        StormReport report = storm();
        assertThat(report.failed())
                .as("%s %s", report.failures(), report.samples())
                .isZero();
        assertThat(report.answeredBy()).isEqualTo(Map.of(app, (long) CALLERS));
    }

    private void requireResets() throws Exception {
        List<Callable<Ending>> callers = Collections.nCopies(CALLERS, GatewayLossIT::ask);
        for (Future<Ending> ending : threads.invokeAll(callers)) {
            assertThat(ending.get()).isEqualTo(Ending.RESET);
        }
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

    private static double agent(String metric) throws IOException {
        return Scrape.of(STAGE.stack().agent()).sum(metric);
    }
}
