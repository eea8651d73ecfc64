package io.penstock.manager.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.manager.api.ManagerTester.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@ManagerTest
final class RestTest {
    private final ManagerTester manager;

    @Autowired
    RestTest(ManagerTester manager) {
        this.manager = manager;
    }

    @Test
    void asksForTheTokenEverywhere() {
        for (String path : new String[] {"/api/v1/intercepts", "/nowhere", "/v3/api-docsx", "//v3/../api/v1/agents"}) {
            Answer none = manager.send(manager.bareRequest(path).GET());
            Answer wrong = manager.send(manager.bareRequest(path)
                    .header("Authorization", "Bearer wrong")
                    .GET());

            assertThat(none.status()).as(path).isIn(401, 400);
            assertThat(wrong.status()).as(path).isIn(401, 400);
        }
        Answer answer = manager.send(manager.bareRequest("/api/v1/intercepts").GET());
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(answer.problem()).isEqualTo("unauthenticated");
        assertThat(answer.detail()).doesNotContain(manager.token());
    }

    @Test
    void makesShowsAndEndsASession() {
        Answer made = manager.post("/api/v1/sessions", "{\"owner\":\"ann\",\"client\":\"laptop-1\"}");
        String path = "/api/v1/sessions/" + made.body().path("id").asString();

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location")).isEqualTo(path);
        assertThat(made.body().path("state").asString()).isEqualTo("AWAITED");
        assertThat(made.body().path("leaseMillis").asInt()).isEqualTo(15000);
        assertThat(made.body().path("control").path("address").asString()).startsWith("127.0.0.1:");
        assertThat(manager.get(path).body().path("owner").asString()).isEqualTo("ann");
        assertThat(manager.get("/api/v1/sessions").body().path("items").isEmpty())
                .isFalse();

        assertThat(manager.delete(path).status()).isEqualTo(204);
        assertThat(manager.get(path).status()).isEqualTo(404);
        assertThat(manager.delete(path).problem()).isEqualTo("unknown-session");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"workload":                                                           | 400 | body: not JSON at line 1
                    `[]`                                                                   | 400 | body: a value of another kind
                    {"prots":[]}                                                           | 400 | body: unknown property "prots"
                    {"ports":[{"capture":8080,"to":"x"}]}                                  | 400 | body: unknown property "ports[0].to"
                    {"ports":[{"capture":"x"}]}                                            | 400 | ports[0].capture: a value of another kind (expected: a number)
                    {"workload":"checkout","sessionId":"s-1"}                              | 422 | workload: checkout (expected: namespace/name
                    {"workload":"shop/Checkout","sessionId":"s-1"}                         | 422 | workload.name: Checkout (expected:
                    {"workload":"shop/checkout"}                                           | 422 | sessionId: missing
                    {"workload":"shop/checkout","sessionId":"s-1"}                         | 422 | ports count: 0 (expected: 1 to 16)
                    {"workload":"a/b","sessionId":"s","ports":[{"capture":0,"target":"h:1"}]}     | 422 | ports[0].capture: 0 (expected: 1 to 65535)
                    {"workload":"a/b","sessionId":"s","ports":[{"capture":80,"target":"3000"}]}   | 422 | ports[0].target: 3000 (expected: host:port
                    {"workload":"a/b","sessionId":"s","onAppRefused":"HOLD 6m","ports":[{"capture":80,"target":"h:1"}]} | 422 | onAppRefused: HOLD 6m (expected: FAIL_OPEN, REJECT or HOLD
                    {"workload":"a/b","sessionId":"s","onGatewayLoss":"WAIT","ports":[{"capture":80,"target":"h:1"}]} | 422 | onGatewayLoss: WAIT (expected: FAIL_OPEN, REJECT or HOLD
                    {"workload":"a/b","sessionId":"s","ports":[{"capture":80,"target":"h:1"}]}    | 404 | session: s (expected:
                    """)
    void refusesBadBodiesInOneSentence(String body, int status, String sentence) {
        Answer answer = manager.post("/api/v1/intercepts", body);

        assertThat(answer.status()).as(answer.detail()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.detail()).startsWith(sentence);
    }

    @Test
    void answersWithProblemsOutsideTheControllersToo() {
        Answer method = manager.send(manager.request("/api/v1/intercepts").PUT(BodyPublishers.noBody()));
        Answer type = manager.send(manager.request("/api/v1/intercepts")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("x")));
        Answer limit = manager.get("/api/v1/agents?limit=many");
        Answer range = manager.get("/api/v1/agents?limit=100000");
        Answer accept = manager.send(
                manager.request("/api/v1/agents").header("Accept", "text/csv").GET());

        assertThat(method.status()).isEqualTo(405);
        assertThat(method.header("Allow")).contains("GET");
        assertThat(method.problem()).isEqualTo("method-not-allowed");
        assertThat(type.status()).isEqualTo(415);
        assertThat(limit.detail()).isEqualTo("limit: many (expected: a value of type int)");
        assertThat(range.status()).isEqualTo(422);
        assertThat(accept.status()).isEqualTo(406);
        assertThat(manager.get("/api/v2").problem()).isEqualTo("unknown-path");
        assertThat(manager.get("/api/v1/agents/nobody").problem()).isEqualTo("unknown-agent");
        assertThat(manager.get("/api/v1/intercepts/i-1").problem()).isEqualTo("unknown-intercept");
    }

    @Test
    void refusesLargeBodiesWhetherAnnouncedOrNot() {
        String large = "{\"owner\":\"" + "x".repeat(3000) + "\"}";

        Answer announced = manager.post("/api/v1/sessions", large);
        Answer chunked = manager.send(manager.request("/api/v1/sessions")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8)))));

        assertThat(announced.status()).isEqualTo(413);
        assertThat(announced.detail()).isEqualTo("body: 3012 bytes (expected: at most 2048 bytes)");
        assertThat(chunked.status()).isEqualTo(413);
    }

    @Test
    void describesEachOperationWithItsProblemsWithoutAToken() {
        Answer docs = manager.send(manager.bareRequest("/v3/api-docs").GET());

        assertThat(docs.status()).isEqualTo(200);
        var operations = docs.body().path("paths").values().stream()
                .flatMap(path -> path.values().stream())
                .toList();
        assertThat(operations).hasSize(10).allSatisfy(operation -> {
            assertThat(operation.path("summary").asString()).isNotEmpty();
            assertThat(operation
                            .path("responses")
                            .path("401")
                            .path("content")
                            .path("application/problem+json")
                            .path("examples")
                            .isEmpty())
                    .isFalse();
        });
        assertThat(docs.body().path("components").path("securitySchemes").has("bearer"))
                .isTrue();
        assertThat(docs.body().path("components").path("schemas").has("Problem"))
                .isTrue();
        assertThat(manager.send(manager.bareRequest("/swagger-ui/index.html").GET())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void saysThatItIsReadyAndShowsItsMetersOnTheManagementPort() {
        Answer ready = manager.management("/actuator/health/readiness");
        Answer meters = manager.management("/actuator/prometheus");

        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.body().path("components").propertyNames())
                .contains("controlLoop", "grpcServer", "readinessState");
        assertThat(meters.raw().body()).contains("penstock_manager_agents_attached");
    }
}
