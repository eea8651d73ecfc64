package io.penstock.system.fault;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.config.Stopwatch;
import io.penstock.bench.process.LaunchedProcess;
import io.penstock.system.stage.Call;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.RunningRequests;
import io.penstock.system.stage.Stage;
import io.penstock.system.stage.SteadyCallers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A manager that is told to stop lets what runs finish, and the next one on its state goes on where it was. */
@Timeout(value = 180, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManagerStopIT {
    private static final int TERMINATED = 143;

    @RegisterExtension
    static final Stage STAGE = Stage.relayed();

    @Test
    void answersWhatRunsAndLosesNothingThatComes() throws Exception {
        LaunchedProcess manager = STAGE.stack().manager().process();
        try (Diversion diversion = STAGE.divert(STAGE.laptop());
                RunningRequests running = RunningRequests.start(STAGE, 100, Duration.ofSeconds(5));
                SteadyCallers callers = SteadyCallers.start(STAGE.door(), Duration.ofMillis(10))) {
            manager.signal("TERM");

            manager.awaitLog("draining within", Duration.ofSeconds(10));
            long draining = Stopwatch.nanos();
            assertThat(STAGE.stack()
                            .manager()
                            .actuator()
                            .get("/actuator/health/readiness")
                            .status())
                    .isEqualTo(503);
            running.requireAllAnsweredBy(Stage.LAPTOP);
            assertThat(manager.awaitExit(Duration.ofSeconds(30))).isEqualTo(TERMINATED);
            long gone = Stopwatch.nanos();
            assertThat(manager.logTail()).doesNotContain("streams run that are not done");
            STAGE.stack().restartManager();
            STAGE.awaitAnswersBy(Stage.LAPTOP);
            List<Call> calls = callers.finish();
            assertThat(calls)
                    .filteredOn(call -> call.begunNanos() > draining && call.begunNanos() < gone)
                    .extracting(Call::answer)
                    .contains(Stage.CLUSTER);
            assertThat(calls).extracting(Call::answer).containsOnly(Stage.LAPTOP, Stage.CLUSTER);
            assertThat(diversion.state()).isEqualTo("ACTIVE");
        }
    }
}
