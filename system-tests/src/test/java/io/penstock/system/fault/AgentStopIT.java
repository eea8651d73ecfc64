package io.penstock.system.fault;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.process.LaunchedProcess;
import io.penstock.bench.process.RestDoor;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.RunningRequests;
import io.penstock.system.stage.Stage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An agent that is told to stop lets what runs finish, also when the carrier breaks meanwhile. */
@Timeout(value = 120, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AgentStopIT {
    @RegisterExtension
    static final Stage STAGE = Stage.directOverFaultyNetwork();

    @Test
    void answersWhatRunsAndEndsWithZero() throws Exception {
        LaunchedProcess agent = STAGE.stack().agent().process();
        try (Diversion diversion = STAGE.divert(STAGE.laptop());
                RunningRequests running = RunningRequests.start(STAGE, 100, Duration.ofSeconds(6))) {
            agent.signal("TERM");

            agent.awaitLog("draining within", Duration.ofSeconds(10));
            RestDoor.Answer readiness = STAGE.stack().agent().actuator().get("/actuator/health/readiness");
            assertThat(readiness.status()).isEqualTo(503);
            assertThat(STAGE.network().cut(3, Duration.ofMillis(300))).isPositive();
            running.requireAllAnsweredBy(Stage.LAPTOP);
            assertThat(agent.awaitExit(Duration.ofSeconds(30))).isZero();
            assertThat(diversion.state()).isIn("ACTIVE", "SUSPENDED");
        }
    }
}
