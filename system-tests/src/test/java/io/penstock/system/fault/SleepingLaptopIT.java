package io.penstock.system.fault;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.config.Deadline;
import io.penstock.bench.config.Stopwatch;
import io.penstock.bench.peers.Program;
import io.penstock.system.stage.Call;
import io.penstock.system.stage.CountingApp;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.NeedsPeers;
import io.penstock.system.stage.Stage;
import io.penstock.system.stage.SteadyCallers;
import io.penstock.system.stage.Tool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** F2: the laptop sleeps for a minute, with its gateway, and wakes up again. */
@Timeout(value = 240, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SleepingLaptopIT {
    private static final Duration SLEEP = Duration.ofSeconds(60);
    private static final Duration DOUBT = Duration.ofSeconds(4);
    private static final int KEPT = 100;

    @RegisterExtension
    static final Stage STAGE = Stage.relayed();

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @Test
    @NeedsPeers(Program.WRK)
    void leavesNobodyWaitingAndComesBackByItself() throws Exception {
        try (CountingApp app = CountingApp.start();
                Diversion diversion = STAGE.divert(app.address());
                SteadyCallers callers = SteadyCallers.start(STAGE.door(), Duration.ofMillis(40))) {
            Future<Tool.Outcome> kept = threads.submit(wrk());
            awaitAnswersBy(callers, Stage.LAPTOP, Stopwatch.nanos());

            long asleep = Stopwatch.nanos();
            STAGE.stack().gateway().process().signal("STOP");
            Deadline.in(SLEEP).elapse();
            assertThat(diversion.state()).isEqualTo("SUSPENDED");
            STAGE.stack().gateway().process().signal("CONT");
            long awake = Stopwatch.nanos();
            awaitAnswersBy(callers, Stage.LAPTOP, awake);

            List<Call> calls = callers.finish();
            requireThatTheOriginalAppAnswered(calls, asleep + DOUBT.toNanos(), awake);
            requireThatNothingWasDoneTwice(calls, app);
            assertThat(calls).extracting(Call::answer).doesNotContain(Call.HANGING);
            assertThat(diversion.state()).isEqualTo("ACTIVE");
            requireThatKeptConnectionsFailedOnceAtMost(kept.get());
            System.out.println("asleep " + SLEEP + ": " + calls.size() + " calls, longest " + longest(calls) + ", "
                    + count(calls, Call.RESET) + " reset, first answer of the laptop "
                    + firstBack(calls, awake).toMillis() + " ms after it woke up");
        } finally {
            threads.shutdownNow();
        }
        STAGE.requireNoStreams();
    }

    private static void awaitAnswersBy(SteadyCallers callers, String app, long since) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> callers.calls().stream()
                        .anyMatch(call ->
                                call.begunNanos() > since && call.answer().equals(app)));
    }

    private static void requireThatTheOriginalAppAnswered(List<Call> calls, long from, long to) {
        assertThat(calls)
                .filteredOn(call -> call.begunNanos() > from && call.begunNanos() < to)
                .hasSizeGreaterThan(100)
                .extracting(Call::answer)
                .containsOnly(Stage.CLUSTER);
    }

    private static void requireThatNothingWasDoneTwice(List<Call> calls, CountingApp app) {
        assertThat(calls).allSatisfy(call -> {
            int byLaptop = app.asked(call.path());
            int byCluster = call.answer().equals(Stage.CLUSTER) ? 1 : 0;
            assertThat(byLaptop + byCluster).as("times that %s was done", call).isLessThanOrEqualTo(1);
        });
    }

    private static void requireThatKeptConnectionsFailedOnceAtMost(Tool.Outcome outcome) {
        String output = outcome.output();
        assertThat(outcome.exitCode()).as(output).isZero();
        assertThat(outcome.number("(\\d+) requests in")).as(output).isGreaterThan(KEPT);
        assertThat(outcome.number("Socket errors: .*read (\\d+)")).as(output).isLessThanOrEqualTo(KEPT);
        assertThat(outcome.number("Socket errors: .*connect (\\d+)")).as(output).isZero();
        assertThat(outcome.number("Socket errors: .*timeout (\\d+)")).as(output).isZero();
        assertThat(output).doesNotContain("Non-2xx");
    }

    private static Callable<Tool.Outcome> wrk() throws IOException {
        String door = "http://127.0.0.1:" + STAGE.door().getPort() + "/";
        List<String> command = List.of(
                Program.WRK.path(), "-t", "1", "-c", Integer.toString(KEPT), "-d", "70s", "--timeout", "60s", door);
        return () -> Tool.in(STAGE.home(), Duration.ofMinutes(3)).run(command);
    }

    private static long count(List<Call> calls, String answer) {
        return calls.stream().filter(call -> call.answer().equals(answer)).count();
    }

    private static Duration longest(List<Call> calls) {
        return calls.stream().map(Call::took).max(Duration::compareTo).orElseThrow();
    }

    private static Duration firstBack(List<Call> calls, long awake) {
        return calls.stream()
                .filter(call -> call.begunNanos() > awake && call.answer().equals(Stage.LAPTOP))
                .map(call -> Duration.ofNanos(call.begunNanos() - awake).plus(call.took()))
                .min(Duration::compareTo)
                .orElseThrow();
    }
}
