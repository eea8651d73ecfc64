package io.penstock.system.control;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import io.penstock.bench.process.RestDoor;
import io.penstock.system.stage.Bystanders;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.RunningRequests;
import io.penstock.system.stage.Scrape;
import io.penstock.system.stage.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The life of an intercept, and that nobody loses a request when it ends. The last test ends the gateway. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 120, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LifecycleIT {
    private static final int RUNNING = 100;
    private static final Duration WHILE = Duration.ofSeconds(6);

    @RegisterExtension
    static final Stage STAGE = Stage.relayed();

    @Test
    @Order(1)
    void goesFromPendingToActiveAndAfterLeavingToEnded() throws IOException {
        requireAnswersBy(Stage.CLUSTER);

        try (Diversion diversion = STAGE.divert(STAGE.laptop())) {
            assertThat(transitions("pending")).isEqualTo(1);
            assertThat(transitions("active")).isEqualTo(1);
            assertThat(links())
                    .isNotEmpty()
                    .allSatisfy(
                            link -> assertThat(link.path("state").asString()).isEqualTo("OPEN"));
            requireAnswersBy(Stage.LAPTOP);

            diversion.stack().leave(diversion.id());

            requireAnswersBy(Stage.CLUSTER);
            assertThat(transitions("draining")).isEqualTo(1);
            JsonNode ended = STAGE.stack().read(diversion.id());
            assertThat(ended.path("state").asString()).isEqualTo("ENDED");
            assertThat(ended.path("stateReason").path("code").asString()).isEqualTo("LEFT");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(links()).isEmpty());
        }
    }

    @Test
    @Order(2)
    void leavesUnderLoadWithoutAFailedRequest() throws Exception {
        try (Diversion diversion = STAGE.divert(STAGE.laptop());
                Bystanders bystanders = Bystanders.start(STAGE.door(), 100, 300);
                RunningRequests running = RunningRequests.start(STAGE, RUNNING, WHILE)) {

            RestDoor.require(
                    STAGE.stack().gateway().actuator().delete("/api/v1/intercepts/" + diversion.id()), "leave");

            // What has begun is answered by the laptop; what comes from now on, by the cluster.
            STAGE.awaitAnswersBy(Stage.CLUSTER);
            assertThat(diversion.state()).isEqualTo("DRAINING");
            running.requireAllAnsweredBy(Stage.LAPTOP);
            STAGE.stack().awaitState(diversion.id(), "ENDED");
            StormReport all = bystanders.finish();
            assertThat(all.failed()).as("%s %s", all.failures(), all.samples()).isZero();
        }
        STAGE.requireNoStreams();
    }

    @Test
    @Order(3)
    void interceptsAndLeavesTwentyTimesOver() throws IOException {
        for (int cycle = 0; cycle < 20; cycle++) {
            try (Diversion diversion = STAGE.divert(STAGE.laptop())) {
                requireAnswersBy(Stage.LAPTOP);
                assertThat(diversion.state()).isEqualTo("ACTIVE");
            }
            requireAnswersBy(Stage.CLUSTER);
        }
        STAGE.requireNoStreams();
    }

    @Test
    @Order(4)
    void drainsAndDepartsWhenTheGatewayIsTerminated() throws Exception {
        Diversion diversion = STAGE.divert(STAGE.laptop());
        try (Bystanders bystanders = Bystanders.start(STAGE.door(), 100, 300);
                RunningRequests running = RunningRequests.start(STAGE, RUNNING, WHILE)) {

            STAGE.stack().gateway().process().signal("TERM");

            running.requireAllAnsweredBy(Stage.LAPTOP);
            assertThat(STAGE.stack().gateway().process().ends(Duration.ofSeconds(60)))
                    .isTrue();
            requireAnswersBy(Stage.CLUSTER);
            StormReport all = bystanders.finish();
            assertThat(all.failed()).as("%s %s", all.failures(), all.samples()).isZero();
        }
        STAGE.stack().awaitState(diversion.id(), "ENDED");
        assertThat(Scrape.of(STAGE.stack().manager()).sum("penstock_manager_sessions", "state=\"attached\""))
                .isZero();
    }

    private static void requireAnswersBy(String app) {
        requireAll(STAGE.storm().run(StormPlan.shortConnections(STAGE.door(), 20, 1)), app, 20);
    }

    private static void requireAll(StormReport report, String app, long requests) {
        assertThat(report.failed())
                .as("%s %s", report.failures(), report.samples())
                .isZero();
        assertThat(report.answeredBy()).isEqualTo(Map.of(app, requests));
    }

    private static double transitions(String state) throws IOException {
        return Scrape.of(STAGE.stack().manager())
                .sum("penstock_manager_intercept_transitions_total", "state=\"" + state + "\"");
    }

    private static Iterable<JsonNode> links() throws IOException {
        RestDoor manager = STAGE.stack().managerTerms().rest();
        return RestDoor.require(manager.get("/api/v1/agents"), "agents")
                .path("items")
                .path(0)
                .path("links");
    }
}
