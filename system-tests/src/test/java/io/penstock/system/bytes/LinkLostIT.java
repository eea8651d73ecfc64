package io.penstock.system.bytes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import io.penstock.system.stage.RawCaller;
import io.penstock.system.stage.RawCaller.Ending;
import io.penstock.system.stage.RawCaller.Received;
import io.penstock.system.stage.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The other half of B4: a link that is lost resets its streams, and the original app has what comes afterwards. */
@Timeout(value = 180, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinkLostIT {
    @RegisterExtension
    static final Stage STAGE = Stage.relayed();

    @Test
    void resetsBodiesThatTheKilledGatewayWasSending() throws IOException {
        String id = STAGE.stack().intercept(STAGE.laptop());
        List<RawCaller> callers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RawCaller caller = RawCaller.dial(STAGE.door());
            caller.say("GET /bytes/1000000000 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(caller.in().readNBytes(10_000)).hasSize(10_000);
            callers.add(caller);
        }

        STAGE.stack().gateway().process().kill();

        for (RawCaller caller : callers) {
            Received received = caller.readToEnd();
            assertThat(received.ending()).as("after %d bytes", received.bytes()).isEqualTo(Ending.RESET);
            caller.close();
        }
        requireThatTheOriginalAppAnswers();
        STAGE.stack().awaitState(id, "SUSPENDED");
    }

    private static void requireThatTheOriginalAppAnswers() {
        StormReport report = STAGE.storm().run(StormPlan.shortConnections(STAGE.door(), 200, 2));

        assertThat(report.failed()).as("%s", report.samples()).isZero();
        assertThat(report.answeredBy()).isEqualTo(Map.of(Stage.CLUSTER, 400L));
    }
}
