package io.penstock.manager.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.penstock.api.control.v1.AgentControlGrpc;
import io.penstock.api.control.v1.AgentHello;
import io.penstock.api.control.v1.AgentMessage;
import io.penstock.api.control.v1.Capture;
import io.penstock.api.control.v1.GatewayControlGrpc;
import io.penstock.api.control.v1.GatewayHello;
import io.penstock.api.control.v1.GatewayMessage;
import io.penstock.api.control.v1.InterceptReport;
import io.penstock.api.control.v1.InterceptState;
import io.penstock.api.control.v1.LinkReport;
import io.penstock.api.control.v1.LinkState;
import io.penstock.api.control.v1.Report;
import io.penstock.api.control.v1.Route;
import io.penstock.api.control.v1.Snapshot;
import io.penstock.api.control.v1.WorkloadRef;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ManagerTest
final class AttachTest {
    private final ManagerTester manager;
    private final ManagedChannel channel;

    @Autowired
    AttachTest(ManagerTester manager) {
        this.manager = manager;
        this.channel = manager.channel();
    }

    @AfterEach
    void closeChannel() {
        channel.shutdownNow();
    }

    private StreamObserver<AgentMessage> agent(RecordingPeer peer) {
        return AgentControlGrpc.newStub(channel)
                .withCallCredentials(manager.credentials(manager.token()))
                .attach(peer);
    }

    private StreamObserver<GatewayMessage> bareGateway(RecordingPeer peer) {
        return GatewayControlGrpc.newStub(channel)
                .withCallCredentials(manager.credentials(manager.token()))
                .attach(peer);
    }

    private StreamObserver<GatewayMessage> gateway(RecordingPeer peer, String session) {
        var call = bareGateway(peer);
        call.onNext(GatewayMessage.newBuilder()
                .setHello(GatewayHello.newBuilder().setSessionId(session).setRoute(Route.ROUTE_DIRECT))
                .build());
        return call;
    }

    private static AgentMessage hello(String id, String workload, String linkAddress) {
        return AgentMessage.newBuilder()
                .setHello(AgentHello.newBuilder()
                        .setAgentId(id)
                        .setWorkload(
                                WorkloadRef.newBuilder().setNamespace("shop").setName(workload))
                        .addCaptures(Capture.newBuilder().setPort(8080).setApp("127.0.0.1:8081"))
                        .setLinks(1)
                        .setLinkAddress(linkAddress)
                        .setVersion("test"))
                .build();
    }

    private static AgentMessage says(Snapshot applied, InterceptReport.Builder intercept, LinkReport.Builder link) {
        return AgentMessage.newBuilder()
                .setReport(Report.newBuilder()
                        .setEpoch(applied.getEpoch())
                        .setRevision(applied.getRevision())
                        .addLinks(link)
                        .addIntercepts(intercept))
                .build();
    }

    private String session() {
        return manager.post("/api/v1/sessions", "{\"owner\":\"ann\"}")
                .body()
                .path("id")
                .asString();
    }

    private String intercept(String workload, String session) {
        var made = manager.post("/api/v1/intercepts", """
                {"workload":"shop/%s","sessionId":"%s","owner":"ann",
                 "ports":[{"capture":8080,"target":"127.0.0.1:3000"}],"labels":{"ticket":"T-1"}}
                """.formatted(workload, session));
        assertThat(made.status()).as(made.detail()).isEqualTo(201);
        return made.body().path("id").asString();
    }

    @Test
    void carriesAnInterceptFromRestToBothEndsAndTheirNumbersBack() throws Exception {
        var agentPeer = new RecordingPeer();
        var gatewayPeer = new RecordingPeer();
        var agent = agent(agentPeer);
        agent.onNext(hello("agent-flow-1", "flow", ""));
        agentPeer.await(first -> first.getReportIntervalMillis() == 5000 && first.getLeaseMillis() == 15000);
        String session = session();
        gateway(gatewayPeer, session);

        String id = intercept("flow", session);
        Snapshot told = agentPeer.await(snapshot -> snapshot.getLinksCount() == 1);
        Snapshot gatewayTold = gatewayPeer.await(snapshot -> snapshot.getLinksCount() == 1);
        var link = told.getLinks(0);
        agent.onNext(says(
                told,
                InterceptReport.newBuilder()
                        .setInterceptId(id)
                        .setLive(true)
                        .setStreamsOpen(2)
                        .setStreamsOpened(7)
                        .putStreamsClosed("NONE", 4)
                        .putStreamsClosed("MADE_UP", 1)
                        .setBytesToApp(100),
                LinkReport.newBuilder()
                        .setLinkId(link.getLinkId())
                        .setState(LinkState.LINK_STATE_OPEN)
                        .setSaturation(0.5)));
        gatewayPeer.await(snapshot -> snapshot.getIntercepts(0).getState() == InterceptState.INTERCEPT_STATE_ACTIVE);
        var shown = manager.get("/api/v1/intercepts/" + id).body();

        assertThat(link.getRoute()).isEqualTo(Route.ROUTE_RELAY);
        assertThat(link.getAddress()).startsWith("127.0.0.1:");
        assertThat(link.getJoinToken().size()).isEqualTo(58);
        assertThat(gatewayTold.getLinks(0).getLinkId()).isEqualTo(link.getLinkId());
        assertThat(gatewayTold.getLinks(0).getJoinToken()).isNotEqualTo(link.getJoinToken());
        assertThat(told.getIntercepts(0).getPorts(0).getTarget()).isEmpty();
        assertThat(gatewayTold.getIntercepts(0).getPorts(0).getTarget()).isEqualTo("127.0.0.1:3000");
        assertThat(shown.path("state").asString()).isEqualTo("ACTIVE");
        assertThat(shown.path("stateReason").path("code").asString()).isEqualTo("NONE");
        assertThat(shown.path("workload").path("kind").asString()).isEqualTo("Deployment");
        assertThat(shown.path("labels").path("ticket").asString()).isEqualTo("T-1");
        assertThat(shown.path("stats").path("streamsOpened").asInt()).isEqualTo(7);
        assertThat(shown.path("stats").path("streamsClosed").path("OTHER").asInt())
                .isEqualTo(1);
        assertThat(shown.path("stats").path("saturation").asDouble()).isEqualTo(0.5);
        var agentShown = manager.get("/api/v1/agents/agent-flow-1").body();
        assertThat(agentShown.path("links").path(0).path("state").asString()).isEqualTo("OPEN");
        assertThat(agentShown.path("captures").path(0).path("port").asInt()).isEqualTo(8080);

        var conflict = manager.post(
                "/api/v1/intercepts",
                "{\"workload\":\"shop/flow\",\"sessionId\":\"%s\",\"ports\":[{\"capture\":8080,\"target\":\"h:1\"}]}"
                        .formatted(session));
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.detail()).contains("held by intercept \"flow\"");

        assertThat(manager.delete("/api/v1/intercepts/" + id).status()).isEqualTo(202);
        Snapshot draining = agentPeer.await(
                snapshot -> snapshot.getIntercepts(0).getState() == InterceptState.INTERCEPT_STATE_DRAINING);
        agent.onNext(says(
                draining,
                InterceptReport.newBuilder().setInterceptId(id),
                LinkReport.newBuilder().setLinkId(link.getLinkId()).setState(LinkState.LINK_STATE_OPEN)));
        gatewayPeer.await(snapshot -> snapshot.getInterceptsCount() == 0 && snapshot.getLinksCount() == 0);
        assertThat(manager.get("/api/v1/intercepts/" + id).body().path("state").asString())
                .isEqualTo("ENDED");

        manager.delete("/api/v1/sessions/" + session);
        assertThat(gatewayPeer.awaitEnd().getCode()).isEqualTo(Status.Code.OK);
    }

    @Test
    void joinsTheTwoEndsOfAnAssignedLinkAtTheRelay() throws Exception {
        var agentPeer = new RecordingPeer();
        var gatewayPeer = new RecordingPeer();
        agent(agentPeer).onNext(hello("agent-relayed", "relayed", ""));
        agentPeer.await(first -> true);
        String session = session();
        gateway(gatewayPeer, session);
        intercept("relayed", session);
        var agentLink =
                agentPeer.await(snapshot -> snapshot.getLinksCount() == 1).getLinks(0);
        var gatewayLink =
                gatewayPeer.await(snapshot -> snapshot.getLinksCount() == 1).getLinks(0);

        try (var agentEnd = new RelayCarrier(agentLink);
                var gatewayEnd = new RelayCarrier(gatewayLink)) {
            agentEnd.write("from the agent");
            gatewayEnd.write("from the gateway");

            assertThat(agentEnd.joined()).isZero();
            assertThat(gatewayEnd.joined()).isZero();
            assertThat(gatewayEnd.read("from the agent".length())).isEqualTo("from the agent");
            assertThat(agentEnd.read("from the gateway".length())).isEqualTo("from the gateway");
        }
    }

    @Test
    void tellsADirectAgentWhatItsGatewayWillShow() throws Exception {
        var agentPeer = new RecordingPeer();
        var gatewayPeer = new RecordingPeer();
        agent(agentPeer).onNext(hello("agent-direct", "direct", "10.0.0.7:7071"));
        agentPeer.await(first -> true);
        String session = session();
        gateway(gatewayPeer, session);
        intercept("direct", session);

        var waiting = agentPeer.await(snapshot -> snapshot.getLinksCount() == 1).getLinks(0);
        var dialling =
                gatewayPeer.await(snapshot -> snapshot.getLinksCount() == 1).getLinks(0);

        assertThat(waiting.getAddress()).isEmpty();
        assertThat(waiting.getJoinToken().isEmpty()).isTrue();
        assertThat(dialling.getAddress()).isEqualTo("10.0.0.7:7071");
        byte[] digest = java.security.MessageDigest.getInstance("SHA-256")
                .digest(dialling.getJoinToken().toByteArray());
        assertThat(waiting.getExpectedTokenSha256().toByteArray()).isEqualTo(digest);
    }

    @Test
    void refusesCallsWithoutTheToken() throws Exception {
        for (String token : List.of("wrong", "")) {
            var peer = new RecordingPeer();
            AgentControlGrpc.newStub(channel)
                    .withCallCredentials(manager.credentials(token))
                    .attach(peer);

            assertThat(peer.awaitEnd().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
    }

    @Test
    void namesTheFieldOfABadHello() throws Exception {
        var shortId = new RecordingPeer();
        var reportFirst = new RecordingPeer();
        var noSession = new RecordingPeer();

        agent(shortId).onNext(hello("a", "flow", ""));
        agent(reportFirst)
                .onNext(AgentMessage.newBuilder()
                        .setReport(Report.getDefaultInstance())
                        .build());
        gateway(noSession, "s-none");

        assertThat(shortId.awaitEnd().getDescription()).startsWith("agent_id: a (expected: 8 to 64");
        assertThat(shortId.awaitEnd().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(reportFirst.awaitEnd().getDescription())
                .isEqualTo("message: report (expected: hello as the first message)");
        assertThat(noSession.awaitEnd().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void holdsAgentsAndGatewaysToHelloFirstAndOnceThenReports() throws Exception {
        var twice = new RecordingPeer();
        var gatewayTwice = new RecordingPeer();
        var gatewayReportFirst = new RecordingPeer();
        var empty = new RecordingPeer();

        var agent = agent(twice);
        agent.onNext(hello("agent-hello-twice", "hello", ""));
        agent.onNext(hello("agent-hello-twice", "hello", ""));
        gateway(gatewayTwice, session())
                .onNext(GatewayMessage.newBuilder()
                        .setHello(GatewayHello.getDefaultInstance())
                        .build());
        bareGateway(gatewayReportFirst)
                .onNext(GatewayMessage.newBuilder()
                        .setReport(Report.getDefaultInstance())
                        .build());
        bareGateway(empty).onNext(GatewayMessage.getDefaultInstance());

        String once = "message: hello (expected: a report after the first message)";
        assertThat(twice.awaitEnd().getDescription()).isEqualTo(once);
        assertThat(gatewayTwice.awaitEnd().getDescription()).isEqualTo(once);
        assertThat(gatewayReportFirst.awaitEnd().getDescription())
                .isEqualTo("message: report (expected: hello as the first message)");
        assertThat(empty.awaitEnd().getDescription()).isEqualTo("message: missing (expected: hello or report)");
    }

    @Test
    void endsTheOlderOfTwoCallsOfOneAgent() throws Exception {
        var older = new RecordingPeer();
        var newer = new RecordingPeer();

        agent(older).onNext(hello("agent-twice", "twice", ""));
        older.await(first -> true);
        agent(newer).onNext(hello("agent-twice", "twice", ""));

        newer.await(first -> true);
        assertThat(older.awaitEnd().getCode()).isEqualTo(Status.Code.ABORTED);
    }
}
