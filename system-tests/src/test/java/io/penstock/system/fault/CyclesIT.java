package io.penstock.system.fault;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import io.penstock.bench.process.RestDoor;
import io.penstock.bench.process.ServiceProcess;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.Footprints;
import io.penstock.system.stage.Scrape;
import io.penstock.system.stage.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** F8: intercepts that come and go leave nothing behind. */
@Timeout(value = 400, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CyclesIT {
    private static final int CYCLES = 500;
    private static final int REQUESTS = 10;
    // As many as the manager keeps for reading, so that its table of ended ones is as full before as after.
    private static final int WARM_UP = 50;
    private static final long HEAP_GROWTH = 2 << 20;
    private static final long RESIDENT_GROWTH = 48 << 20;

    @RegisterExtension
    static final Stage STAGE = Stage.relayed().withManager("--penstock.manager.limits.ended-intercepts=" + WARM_UP);

    @Test
    void leavesEverythingWhereItWasAfterFiveHundredCycles() throws IOException {
        cycle(WARM_UP);
        Footprints before = Footprints.of(STAGE);

        cycle(CYCLES);

        Footprints.of(STAGE).requireNoGrowthSince(before, HEAP_GROWTH, RESIDENT_GROWTH);
        requireThatTablesAreEmpty();
    }

    private static void cycle(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            try (Diversion diversion = STAGE.divert(STAGE.laptop())) {
                StormReport report = STAGE.storm().run(StormPlan.shortConnections(STAGE.door(), REQUESTS, 1));
                assertThat(report.failed()).as("%s", report.samples()).isZero();
                assertThat(report.answeredBy()).isEqualTo(Map.of(Stage.LAPTOP, (long) REQUESTS));
                assertThat(diversion.state()).isEqualTo("ACTIVE");
            }
        }
        STAGE.requireNoStreams();
        awaitNoLinks();
    }

    private static void awaitNoLinks() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(links()).containsOnly(0.0));
    }

    /** Returns how many links the agent, the gateway and the manager have. */
    private static double[] links() throws IOException {
        return new double[] {
            Scrape.of(STAGE.stack().agent()).sum("penstock_links_open"),
            Scrape.of(STAGE.stack().gateway()).sum("penstock_links_open"),
            Scrape.of(STAGE.stack().manager()).sum("penstock_manager_links_assigned")
        };
    }

    private static void requireThatTablesAreEmpty() throws IOException {
        RestDoor manager = STAGE.stack().managerTerms().rest();
        assertThat(RestDoor.require(manager.get("/api/v1/intercepts"), "intercepts")
                        .path("items"))
                .hasSizeLessThanOrEqualTo(WARM_UP);
        Scrape scrape = Scrape.of(STAGE.stack().manager());
        assertThat(scrape.sum("penstock_manager_intercepts")).isZero();
        assertThat(scrape.sum("penstock_manager_relay_pairs")).isZero();
        assertThat(scrape.sum("penstock_manager_relay_waiting")).isZero();
        assertThat(Scrape.of(STAGE.stack().gateway()).sum("penstock_gateway_intercepts"))
                .isZero();
        for (ServiceProcess end :
                new ServiceProcess[] {STAGE.stack().agent(), STAGE.stack().gateway()}) {
            assertThat(Scrape.of(end).sum("penstock_budget_used_bytes")).isZero();
        }
    }
}
