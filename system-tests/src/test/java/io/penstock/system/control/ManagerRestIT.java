package io.penstock.system.control;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.process.RestDoor;
import io.penstock.bench.process.RestDoor.Answer;
import io.penstock.bench.process.StackPlan;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.Stage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input to a running manager is answered with a problem that says what was expected. */
@Timeout(value = 60, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManagerRestIT {
    private static final String INTERCEPTS = "/api/v1/intercepts";

    @RegisterExtension
    static final Stage STAGE = Stage.relayed();

    @Test
    void refusesAWrongTokenEverywhere() throws IOException {
        RestDoor stranger = new RestDoor(STAGE.stack().managerTerms().restAddress(), "wrong");

        for (String path : List.of(INTERCEPTS, "/api/v1/sessions", "/api/v1/agents")) {
            requireProblem(stranger.get(path), 401, "unauthenticated");
        }
        requireProblem(stranger.post(INTERCEPTS, Map.of()), 401, "unauthenticated");
    }

    @Test
    void doesNotKnowAWorkloadWithoutAnAgent() throws IOException {
        Answer answer = manager()
                .post(INTERCEPTS, wish("shop/chekout", session(), STAGE.door().getPort()));

        requireProblem(answer, 404, "unknown-workload");
        assertThat(detail(answer)).contains("shop/chekout").contains(StackPlan.WORKLOAD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"workload\":", "", "[1,2", "not json at all", "{\"wrkload\":\"a/b\"}"})
    void refusesABodyThatItCannotRead(String body) throws Exception {
        HttpResponse<String> response = raw(body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("urn:penstock:problem:malformed-request", "(expected:");
    }

    @Test
    void namesTheHolderOfAPortThatIsTaken() throws IOException {
        try (Diversion diversion = STAGE.divert(STAGE.laptop())) {
            Answer answer = manager()
                    .post(
                            INTERCEPTS,
                            wish(StackPlan.WORKLOAD, session(), STAGE.door().getPort()));

            requireProblem(answer, 409, "conflict");
            assertThat(detail(answer))
                    .contains(diversion.id())
                    .contains("since")
                    .contains("to take over");
        }
    }

    @Test
    void doesNotKnowWhatWasNeverMade() throws IOException {
        requireProblem(manager().get(INTERCEPTS + "/i-none"), 404, "unknown-intercept");
        requireProblem(manager().delete("/api/v1/sessions/s-none"), 404, "unknown-session");
        requireProblem(manager().get("/api/v1/agents/nobody"), 404, "unknown-agent");
        requireProblem(manager().get("/api/v2/intercepts"), 404, "unknown-path");
        Answer answer = manager()
                .post(
                        INTERCEPTS,
                        wish(StackPlan.WORKLOAD, "s-none", STAGE.door().getPort()));
        requireProblem(answer, 404, "unknown-session");
    }

    @Test
    void refusesAPortThatTheAgentDoesNotCapture() throws IOException {
        Answer answer = manager().post(INTERCEPTS, wish(StackPlan.WORKLOAD, session(), 1));

        assertThat(answer.status()).as(answer.text()).isBetween(400, 422);
        assertThat(detail(answer))
                .contains("(expected:")
                .contains(Integer.toString(STAGE.door().getPort()));
    }

    private static RestDoor manager() throws IOException {
        return STAGE.stack().managerTerms().rest();
    }

    private static String session() throws IOException {
        Answer made = manager().post("/api/v1/sessions", Map.of("owner", "ben", "client", "laptop-2"));
        return RestDoor.require(made, "session").path("id").asString();
    }

    private static Map<String, Object> wish(String workload, String session, int port) {
        Map<String, Object> capture = Map.of("capture", port, "target", "127.0.0.1:3000");
        return Map.of("workload", workload, "sessionId", session, "ports", List.of(capture));
    }

    private static HttpResponse<String> raw(String body) throws IOException, InterruptedException {
        URI uri = STAGE.stack().managerTerms().restAddress().resolve(INTERCEPTS);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(15))
                .header("Authorization", "Bearer " + manager().token())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static void requireProblem(Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().path("type").asString()).isEqualTo("urn:penstock:problem:" + type);
        assertThat(detail(answer)).contains("(expected:");
    }

    private static String detail(Answer answer) {
        return answer.json().path("detail").asString();
    }
}
