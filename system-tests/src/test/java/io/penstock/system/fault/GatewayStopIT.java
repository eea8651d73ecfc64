package io.penstock.system.fault;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.process.LaunchedProcess;
import io.penstock.system.stage.RunningRequests;
import io.penstock.system.stage.Stage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A gateway that is told to stop while no manager answers tells the agents itself. */
@Timeout(value = 120, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GatewayStopIT {
    @RegisterExtension
    static final Stage STAGE = Stage.direct();

    @Test
    void drainsItsLinksWithoutAManager() throws Exception {
        STAGE.stack().intercept(STAGE.laptop());
        LaunchedProcess gateway = STAGE.stack().gateway().process();
        try (RunningRequests running = RunningRequests.start(STAGE, 100, Duration.ofSeconds(8))) {
            STAGE.stack().manager().process().kill();

            gateway.signal("TERM");

            STAGE.awaitAnswersBy(Stage.CLUSTER);
            running.requireAllAnsweredBy(Stage.LAPTOP);
            assertThat(gateway.ends(Duration.ofSeconds(30))).isTrue();
        }
    }
}
