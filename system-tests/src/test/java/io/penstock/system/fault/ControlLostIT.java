package io.penstock.system.fault;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.config.Deadline;
import io.penstock.bench.load.StormReport;
import io.penstock.system.stage.Bystanders;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.Scrape;
import io.penstock.system.stage.Stage;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The gateway loses its call to the manager, for longer than its lease, while its links stand: no caller notices. */
@Timeout(value = 120, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ControlLostIT {
    private static final Duration LEASE = Duration.ofSeconds(3);

    @RegisterExtension
    static final Stage STAGE = Stage.relayedWithFaultyControl()
            .withManager("--penstock.manager.lease.duration=" + LEASE.toSeconds() + "s");

    @Test
    void goesOnByItsLastSnapshotAndItsLinks() throws Exception {
        try (Diversion diversion = STAGE.divert(STAGE.laptop());
                Bystanders bystanders = Bystanders.start(STAGE.door(), 50, 200)) {
            assertThat(STAGE.network().breakDown()).isPositive();
            awaitAttached(0);

            Deadline.in(LEASE.multipliedBy(4)).elapse();

            assertThat(diversion.state()).isEqualTo("ACTIVE");
            STAGE.network().repair();
            awaitAttached(1);
            STAGE.awaitAnswersBy(Stage.LAPTOP);
            StormReport all = bystanders.finish();
            assertThat(all.failed()).as("%s %s", all.failures(), all.samples()).isZero();
            assertThat(all.answeredBy()).isEqualTo(Map.of(Stage.LAPTOP, all.requests()));
        }
        STAGE.requireNoStreams();
    }

    private static void awaitAttached(double attached) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(Scrape.of(STAGE.stack().gateway()).sum("penstock_gateway_session_attached"))
                                .isEqualTo(attached));
    }
}
