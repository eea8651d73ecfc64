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
import io.penstock.system.stage.Wrk;
import java.time.Duration;
import java.util.List;
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
            Future<Wrk.Outcome> kept = threads.submit(Wrk.at(STAGE, "/", KEPT, Duration.ofSeconds(70)));
            callers.awaitAnswerBy(Stage.LAPTOP, Stopwatch.nanos());
            // One of wrk's that still dials would be reset, and again when its next one meets the doubt.
            Awaitility.await()
                    .untilAsserted(() -> assertThat(STAGE.stack().streamsOpen().get("gateway"))
                            .isGreaterThanOrEqualTo(KEPT));

            long asleep = Stopwatch.nanos();
            STAGE.stack().gateway().process().signal("STOP");
            Deadline.in(SLEEP).elapse();
            assertThat(diversion.state()).isEqualTo("SUSPENDED");
            STAGE.stack().gateway().process().signal("CONT");
            long awake = Stopwatch.nanos();
            callers.awaitAnswerBy(Stage.LAPTOP, awake);

            List<Call> calls = callers.finish();
            requireThatTheOriginalAppAnswered(calls, asleep + DOUBT.toNanos(), awake);
            requireThatNothingWasDoneTwice(calls, app);
            // One that was open when the laptop fell asleep waits for its link, as the failure table says.
            assertThat(calls)
                    .filteredOn(
                            call -> call.begunNanos() > asleep && call.answer().equals(Call.HANGING))
                    .isEmpty();
            assertThat(diversion.state()).isEqualTo("ACTIVE");
            kept.get().requireThatEachConnectionFailedOnceAtMost();
            System.out.println("asleep " + SLEEP + ": " + calls.size() + " calls, longest " + longest(calls) + ", "
                    + count(calls, Call.RESET) + " reset, first answer of the laptop "
                    + firstBack(calls, awake).toMillis() + " ms after it woke up");
        } finally {
            threads.shutdownNow();
        }
        STAGE.requireNoStreams();
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
