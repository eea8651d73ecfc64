package io.penstock.system.fault;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.process.LaunchedProcess;
import io.penstock.system.stage.RunningRequests;
import io.penstock.system.stage.Stage;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A process that drains ends at once when it is told a second time. */
@Timeout(value = 120, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SecondSignalIT {
    private static final int AT_ONCE = 130;

    @RegisterExtension
    static final Stage STAGE = Stage.relayed();

    @Test
    void endsTheGatewayAndTheAgentInTheMiddleOfTheirDrain() throws Exception {
        STAGE.stack().intercept(STAGE.laptop());
        LaunchedProcess gateway = STAGE.stack().gateway().process();
        LaunchedProcess agent = STAGE.stack().agent().process();

        // Longer than the drain grace, so that nothing but the signal ends them in time.
        try (RunningRequests diverted = RunningRequests.start(STAGE, 10, Duration.ofMinutes(5))) {
            requireThatTheSecondSignalEnds(gateway, "departed");
            requireThatTheSecondSignalEnds(agent, "draining within");
            assertThat(diverted.areOver()).isTrue();
        }
    }

    private static void requireThatTheSecondSignalEnds(LaunchedProcess process, String saysThatItDrains)
            throws IOException {
        process.signal("TERM");
        process.awaitLog(saysThatItDrains, Duration.ofSeconds(20));
        assertThat(process.isAlive()).isTrue();

        process.signal("TERM");

        assertThat(process.awaitExit(Duration.ofSeconds(20))).isEqualTo(AT_ONCE);
    }
}
