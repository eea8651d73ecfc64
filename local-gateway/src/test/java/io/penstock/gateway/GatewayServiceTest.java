package io.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.penstock.api.control.v1.InterceptPort;
import io.penstock.api.control.v1.InterceptState;
import io.penstock.api.control.v1.Snapshot;
import io.penstock.api.control.v1.WorkloadRef;
import io.penstock.gateway.cli.CommandRun;
import io.penstock.gateway.control.StandInManager;
import io.penstock.gateway.json.Json;
import io.penstock.gateway.json.JsonView;
import io.penstock.gateway.metrics.GatewayMeter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The service in this process, the command beside it, and a manager that answers as told. */
@Timeout(90)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GatewayServiceTest {

    private static final String INTERCEPT =
            "{\"id\":\"i-1\",\"name\":\"checkout\",\"workload\":{\"namespace\":\"shop\","
                    + "\"kind\":\"Deployment\",\"name\":\"checkout\"},\"state\":\"%s\",\"stateReason\":{\"code\":\"%s\","
                    + "\"detail\":\"%s\"},\"ports\":[{\"capture\":8080,\"target\":\"127.0.0.1:1\"}],\"onAppRefused\":"
                    + "\"FAIL_OPEN\",\"owner\":\"ann\"}";

    @TempDir
    static Path home = Path.of("");

    private static ConfigurableApplicationContext service;
    private static StandInManager manager;
    private static CommandRun command;

    @BeforeAll
    static void start() throws IOException {
        manager = new StandInManager();
        manager.givesSessions();
        Path token = Files.writeString(home.resolve("manager-token"), StandInManager.TOKEN);
        service = new SpringApplicationBuilder(GatewayApplication.class)
                .properties("PENSTOCK_HOME=" + home, "penstock.gateway.listen.port=0")
                .run();
        command = new CommandRun(home, manager.url(), token);
    }

    @AfterAll
    static void stop() {
        service.close();
        manager.close();
        assertThat(home.resolve("gateway.json")).doesNotExist();
    }

    @Test
    @Order(2)
    void passesOnTheManagersRefusalWordByWord() {
        String detail = "workload: shop/x (expected: a workload with an agent: shop/checkout)";
        manager.on("POST /api/v1/intercepts", 404, StandInManager.problem("unknown-workload", 404, detail));

        CommandRun.Outcome outcome = command.run("intercept", "shop/x", "--port", "8080", "--to", "127.0.0.1:1");

        assertThat(outcome.status()).isEqualTo(5);
        assertThat(outcome.err())
                .contains("penstock: " + detail)
                .contains("Warning: nothing listens at 127.0.0.1:1")
                .contains(
                        "wait for a while, and then get the original app's answer (--on-app-refused hold-10s-then-fail-open)");
    }

    @Test
    @Order(3)
    void saysThatTheManagerIsNotThere() {
        CommandRun.Outcome outcome = command.run(
                "intercept", "shop/x", "--port", "1", "--to", "1", "--manager", "http://127.0.0.1:1", "--json");

        assertThat(outcome.status()).isEqualTo(3);
        assertThat(Json.readObject(outcome.out()).object("error").text("detail"))
                .contains("http://127.0.0.1:1")
                .contains("expected: a running Penstock manager");
    }

    @Test
    @Order(1)
    void staysWithAnInterceptUntilItIsToldToStop() throws Exception {
        manager.on("POST /api/v1/intercepts", 201, INTERCEPT.formatted("PENDING", "WAITING_FOR_LINK", "links"));
        manager.on("GET /api/v1/intercepts/i-1", 200, INTERCEPT.formatted("PENDING", "WAITING_FOR_LINK", "links"));
        manager.on("DELETE /api/v1/intercepts/i-1", 202, INTERCEPT.formatted("DRAINING", "LEFT", "left"));
        manager.on("GET /api/v1/intercepts", 200, "{\"items\":[" + INTERCEPT.formatted("ACTIVE", "NONE", "") + "]}");
        CommandRun.Running foreground =
                command.begin("intercept", "shop/checkout", "--port", "8080", "--to", "127.0.0.1:1");
        StreamObserver<Snapshot> snapshots = manager.nextCall();
        snapshots.onNext(snapshot(1, InterceptState.INTERCEPT_STATE_ACTIVE));

        foreground.awaitOut("is ACTIVE");
        foreground.awaitOut("open 0  opened 0  failed 0");
        assertThat(command.run("list").out()).contains("checkout  shop/checkout  8080->127.0.0.1:1  ACTIVE  -  ");
        assertThat(command.run("list", "--all").out()).contains("ann").contains("i-1");
        assertThat(command.run("status").out()).contains("ATTACHED as s-1").contains("Intercepts  1");

        manager.on("GET /api/v1/intercepts/i-1", 200, INTERCEPT.formatted("ENDED", "LEFT", "left"));
        foreground.stop();
        snapshots.onNext(snapshot(2, InterceptState.INTERCEPT_STATE_DRAINING));
        CommandRun.Outcome outcome = foreground.await();

        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).contains("Leaving shop/checkout").contains("Left: 0 streams, 0 failed");
        assertThat(manager.requests())
                .anySatisfy(request -> assertThat(request)
                        .startsWith("POST /api/v1/intercepts ")
                        .contains("\"owner\":\"" + System.getProperty("user.name") + "\""));
        assertThat(manager.requests()).contains("DELETE /api/v1/intercepts/i-1 ");
        snapshots.onNext(Snapshot.newBuilder().setEpoch("e").setRevision(3).build());
    }

    @Test
    @Order(4)
    void answersOnlyWhoShowsTheTokenButHealthAndMetricsToAll() throws Exception {
        assertThat(get("/api/v1/status", "").statusCode()).isEqualTo(401);
        HttpResponse<String> refused = get("/api/v1/status", "Bearer wrong");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(Json.readObject(refused.body()).text("type")).isEqualTo("urn:penstock:problem:gateway-token");

        assertThat(get("/actuator/health", "").body()).contains("\"UP\"");
        String metrics = get("/actuator/prometheus", "").body();
        for (GatewayMeter meter : GatewayMeter.values()) {
            assertThat(metrics).contains(meter.meterName().replace('.', '_'));
        }
        assertThat(metrics)
                .contains("penstock_gateway_links_carrier{carrier=\"tcp\"} 0.0")
                .contains("penstock_gateway_links_carrier{carrier=\"tls\"} 0.0")
                .contains("penstock_gateway_links_carrier{carrier=\"grpc\"} 0.0");
        assertThat(metrics).contains("penstock_streams_open").contains("penstock_budget_limit");
    }

    @Test
    @Order(5)
    void answersEveryMistakeWithAProblemDocument() throws Exception {
        JsonView state = Json.readObject(Files.readString(home.resolve("gateway.json")));
        String authorization = "Bearer " + state.text("token");

        assertThat(get("/api/v1/nothing", authorization).statusCode()).isEqualTo(404);
        HttpResponse<String> bad = send(HttpRequest.newBuilder(uri("/api/v1/intercepts"))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{")));
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(Json.readObject(bad.body()).text("detail")).contains("expected");
    }

    @Test
    @Order(6)
    void makesNoInterceptForATargetThatHasNoAddress() throws Exception {
        JsonView state = Json.readObject(Files.readString(home.resolve("gateway.json")));
        String body =
                "{\"at\":{\"manager\":\"%s\",\"tokenFile\":\"%s\"},\"workload\":\"shop/x\",\"ports\":[{\"capture\":1,"
                        + "\"target\":\"no-such.invalid:3000\"}]}";
        int before = manager.requests().size();

        HttpResponse<String> refused = send(HttpRequest.newBuilder(uri("/api/v1/intercepts"))
                .header("Authorization", "Bearer " + state.text("token"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.formatted(manager.url(), home))));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Json.readObject(refused.body()).text("type")).isEqualTo("urn:penstock:problem:target-unresolved");
        assertThat(Json.readObject(refused.body()).text("detail"))
                .isEqualTo(
                        "target: no-such.invalid:3000 has no address (expected: a name that this machine can look up)");
        assertThat(manager.requests()).hasSize(before);
    }

    @Test
    @Order(7)
    void leavesWhatTheManagerStillHasOfTheSameOwner() {
        String me = System.getProperty("user.name");
        manager.on(
                "GET /api/v1/intercepts",
                200,
                "{\"items\":[" + resource("i-9", "orphan", "SUSPENDED", me) + ","
                        + resource("i-7", "theirs", "ACTIVE", "somebody-else") + ","
                        + resource("i-6", "busy", "ACTIVE", me) + ","
                        + resource("i-8", "past", "ENDED", me) + "]}");
        manager.on("DELETE /api/v1/intercepts/i-9", 202, resource("i-9", "orphan", "DRAINING", me));

        CommandRun.Outcome orphan = command.run("leave", "orphan");
        CommandRun.Outcome past = command.run("leave", "past");
        CommandRun.Outcome again = command.run("leave", "i-8", "--json");
        CommandRun.Outcome theirs = command.run("leave", "theirs");
        CommandRun.Outcome busy = command.run("leave", "busy");
        CommandRun.Outcome nothing = command.run("leave", "nothing");

        assertThat(orphan.out()).isEqualToIgnoringNewLines("Left shop/checkout (orphan, i-9): DRAINING");
        assertThat(orphan.status()).isZero();
        assertThat(past.out()).isEqualToIgnoringNewLines("Already left shop/checkout (past, i-8): ENDED");
        assertThat(past.status()).isZero();
        JsonView item = Json.readObject(again.out()).objects("items").get(0);
        assertThat(item.truth("alreadyLeft")).isTrue();
        assertThat(item.text("state")).isEqualTo("ENDED");
        assertThat(theirs.err()).contains("intercept: theirs (i-7) is somebody-else's (expected: one of " + me + "'s;");
        assertThat(theirs.status()).isEqualTo(6);
        assertThat(busy.err()).contains("intercept: busy is served by another gateway (expected: its id, i-6,");
        assertThat(busy.status()).isEqualTo(6);
        assertThat(nothing.err()).contains("intercept: nothing (expected: the name or id of one of " + me + "'s;");
        assertThat(nothing.status()).isEqualTo(5);
        assertThat(manager.requests())
                .contains("DELETE /api/v1/intercepts/i-9 ")
                .noneMatch(request -> request.startsWith("DELETE /api/v1/intercepts/i-8"))
                .noneMatch(request -> request.startsWith("DELETE /api/v1/intercepts/i-7"));
    }

    @Test
    @Order(8)
    void saysThatTheStateIsTheLastThatTheManagerTold() throws Exception {
        manager.on("POST /api/v1/intercepts", 201, INTERCEPT.formatted("PENDING", "WAITING_FOR_LINK", "links"));
        manager.on("GET /api/v1/intercepts/i-1", 200, INTERCEPT.formatted("PENDING", "WAITING_FOR_LINK", "links"));
        CommandRun.Running detached =
                command.begin("intercept", "shop/checkout", "--port", "8080", "--to", "127.0.0.1:1", "--detach");
        StreamObserver<Snapshot> snapshots = manager.nextCall();
        snapshots.onNext(snapshot(1, InterceptState.INTERCEPT_STATE_ACTIVE));
        assertThat(detached.await().out()).contains("is ACTIVE");
        JsonView heard = Json.readObject(command.run("list", "--json").out()).object("manager");
        assertThat(heard.text("unheardSeconds")).isEmpty();

        snapshots.onError(Status.UNAVAILABLE.asRuntimeException());

        awaitList("ACTIVE (manager not heard for ");
        JsonView unheard = Json.readObject(command.run("list", "--json").out()).object("manager");
        assertThat(unheard.text("unheardSeconds")).matches("[0-9]+");
        assertThat(unheard.text("url")).isEqualTo(manager.url());
    }

    private static void awaitList(String text) {
        assertThat(Stream.generate(() -> command.run("list").out()).limit(1000).anyMatch(out -> out.contains(text)))
                .as("a list with %s", text)
                .isTrue();
    }

    private static String resource(String id, String name, String state, String owner) {
        return INTERCEPT
                .formatted(state, "NONE", "")
                .replace("\"i-1\"", "\"" + id + "\"")
                .replace("\"name\":\"checkout\",\"workload\"", "\"name\":\"" + name + "\",\"workload\"")
                .replace("\"ann\"", "\"" + owner + "\"");
    }

    private static Snapshot snapshot(long revision, InterceptState state) {
        return Snapshot.newBuilder()
                .setEpoch("e")
                .setRevision(revision)
                .addIntercepts(io.penstock.api.control.v1.InterceptRule.newBuilder()
                        .setId("i-1")
                        .setName("checkout")
                        .setWorkload(
                                WorkloadRef.newBuilder().setNamespace("shop").setName("checkout"))
                        .addPorts(InterceptPort.newBuilder().setCapture(8080).setTarget("127.0.0.1:1"))
                        .setState(state))
                .build();
    }

    private static HttpResponse<String> get(String path, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        return send(authorization.isEmpty() ? request : request.header("Authorization", authorization));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(String path) throws IOException {
        JsonView state = Json.readObject(Files.readString(home.resolve("gateway.json")));
        return URI.create("http://127.0.0.1:" + state.number("port") + path);
    }
}
