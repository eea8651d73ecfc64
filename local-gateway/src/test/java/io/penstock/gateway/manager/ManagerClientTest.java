package io.penstock.gateway.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.gateway.control.StandInManager;
import io.penstock.gateway.json.JsonView;
import io.penstock.gateway.manager.ManagerSessions.Person;
import io.penstock.gateway.problem.GatewayProblem;
import io.penstock.gateway.session.ManagerRef;
import io.penstock.gateway.session.Membership;
import io.penstock.gateway.session.Route;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ManagerClientTest {

    private final StandInManager manager = new StandInManager();
    private final ManagerClient client = new ManagerClient(
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build(), Duration.ofSeconds(5));

    @TempDir
    Path directory = Path.of("");

    ManagerClientTest() throws IOException {}

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void makesAndGivesBackASession() throws Exception {
        manager.givesSessions();
        ManagerSessions sessions = new ManagerSessions(client, new Person("ann", "laptop-1"));

        Membership membership = sessions.arrive(ref()).join();
        sessions.depart(membership).join();

        assertThat(membership.sessionId()).isEqualTo("s-1");
        assertThat(membership.control()).isEqualTo(manager.control());
        assertThat(manager.requests())
                .containsExactly(
                        "POST /api/v1/sessions {\"owner\":\"ann\",\"client\":\"laptop-1\"}",
                        "DELETE /api/v1/sessions/s-1 ");
    }

    @Test
    void keepsNoAnswerThatIsTooLong() throws Exception {
        manager.on("GET /x", 200, " ".repeat(16 << 20) + "{}");

        GatewayProblem problem = refusal(client.get(ref(), "/x"));

        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.detail()).contains("the answer is longer than 16777216 bytes");
    }

    @Test
    void passesOnTheManagersOwnWords() throws Exception {
        String detail = "workload: shop/x (expected: a workload with an agent: shop/checkout)";
        manager.on("GET /x", 404, StandInManager.problem("unknown-workload", 404, detail));

        GatewayProblem problem = refusal(client.get(ref(), "/x"));

        assertThat(problem.status()).isEqualTo(404);
        assertThat(problem.type()).isEqualTo("urn:penstock:problem:unknown-workload");
        assertThat(problem.detail()).isEqualTo(detail);
    }

    @Test
    void saysWhichTokenFileWasNotGood() throws Exception {
        ManagerRef ref = ref();
        Files.writeString(ref.tokenFile(), "wrong");

        GatewayProblem problem = refusal(client.get(ref, "/x"));

        assertThat(problem.status()).isEqualTo(401);
        assertThat(problem.detail())
                .contains("expected: the token")
                .contains(ref.tokenFile().toString());
    }

    @Test
    void saysWhereItTriedWhenNobodyAnswers() throws Exception {
        ManagerRef ref = ref();
        manager.close();

        GatewayProblem problem = refusal(client.get(ref, "/x"));

        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.detail()).contains(manager.url()).contains("expected: a running Penstock manager");
    }

    @Test
    void doesNotTakeAnotherServersPageForAnAnswer() throws Exception {
        manager.on("GET /x", 200, "<html>hello</html>");
        manager.on("POST /api/v1/sessions", 201, "{}");

        assertThat(refusal(client.get(ref(), "/x")).detail()).contains("without JSON");
        assertThatThrownBy(new ManagerSessions(client, new Person("a", "b")).arrive(ref())::join)
                .hasMessageContaining("without id or control address");
    }

    private ManagerRef ref() throws IOException {
        Path token = Files.writeString(directory.resolve("token"), StandInManager.TOKEN + "\n");
        return ManagerRef.parse(manager.url(), token.toString(), Route.RELAY);
    }

    private static GatewayProblem refusal(CompletableFuture<JsonView> answer) {
        try {
            throw new AssertionError("answered " + answer.join() + " (expected: a problem)");
        } catch (CompletionException e) {
            return Objects.requireNonNull((GatewayProblem) e.getCause());
        }
    }
}
