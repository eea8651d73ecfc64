package io.penstock.system.fault;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.config.Stopwatch;
import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import io.penstock.system.stage.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An agent is killed with its pod and starts again: who is sent to it once it is ready is diverted as if nothing had been. */
@Timeout(value = 120, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AgentRestartIT {
    private static final int RESTARTS = 3;
    private static final int CALLERS = 200;

    // Until an agent counts as lost the manager goes by its last report.
    @RegisterExtension
    static final Stage STAGE = Stage.relayed()
            .with((plan, home) -> plan.withAgent(List.of("--ready-wait", "60s")))
            .withManager("--penstock.manager.lease.duration=3s");

    @Test
    void divertsEverybodyWhoComesOnceItIsReady() throws IOException {
        String id = STAGE.stack().intercept(STAGE.laptop());
        StormReport all = StormReport.EMPTY;
        List<Long> millis = new ArrayList<>();
        for (int restart = 0; restart < RESTARTS; restart++) {
            STAGE.stack().agent().process().kill();
            Stopwatch watch = Stopwatch.started();

            STAGE.stack().startAgentAnew();

            millis.add(watch.elapsed().toMillis());
            all = all.plus(STAGE.storm().run(StormPlan.shortConnections(STAGE.door(), CALLERS, 1)));
        }
        System.out.println("agent killed and started again: ready after " + millis + " ms");
        assertThat(all.failed()).as("%s %s", all.failures(), all.samples()).isZero();
        assertThat(all.answeredBy()).isEqualTo(Map.of(Stage.LAPTOP, (long) RESTARTS * CALLERS));
        assertThat(STAGE.stack().read(id).path("state").asString()).isEqualTo("ACTIVE");
        STAGE.requireNoStreams();
    }
}
