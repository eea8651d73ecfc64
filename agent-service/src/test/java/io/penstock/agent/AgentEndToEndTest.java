package io.penstock.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.penstock.agent.capture.Capture;
import io.penstock.agent.config.AgentSettings;
import io.penstock.agent.config.AgentWiring;
import io.penstock.agent.control.AgentPresence.Workload;
import io.penstock.agent.control.ManagerAddress;
import io.penstock.agent.control.TokenFile;
import io.penstock.agent.metrics.AgentMeter;
import io.penstock.api.control.v1.AgentHello;
import io.penstock.api.control.v1.FailurePolicy;
import io.penstock.api.control.v1.InterceptPort;
import io.penstock.api.control.v1.InterceptRule;
import io.penstock.api.control.v1.InterceptState;
import io.penstock.api.control.v1.LinkAssignment;
import io.penstock.api.control.v1.LinkState;
import io.penstock.api.control.v1.Report;
import io.penstock.api.control.v1.Route;
import io.penstock.api.control.v1.Snapshot;
import io.penstock.tunnel.address.HostPort;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.metrics.MeterKind;
import io.penstock.tunnel.metrics.TunnelMeter;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.CloseCause.Initiator;
import io.penstock.tunnel.tls.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AgentEndToEndTest {

    private static final String READINESS = "/actuator/health/readiness";

    private final FakeApp original = new FakeApp("original");
    private final FakeApp developed = new FakeApp("developed");
    private final FakeGateway gateway = new FakeGateway();
    private final SecureRandom random = new SecureRandom();
    private FakeManager manager;
    private AgentWiring agent;
    private int port;

    @TempDir
    Path directory;

    @BeforeEach
    void start() throws Exception {
        manager = new FakeManager();
        agent = start(manager.port(), Duration.ofSeconds(40));
        port = agent.captured().keySet().iterator().next();
        gateway.dials(developed.address());
    }

    private AgentWiring start(int managerPort, Duration readyWait) throws Exception {
        Path token = Files.writeString(directory.resolve("token"), FakeManager.TOKEN + "\n");
        Capture capture = new Capture(
                new HostPort("127.0.0.1", 0),
                new HostPort("127.0.0.1", original.address().getPort()));
        return AgentWiring.start(new AgentSettings(
                List.of(capture),
                new Workload("shop", "checkout"),
                new ManagerAddress(new HostPort("127.0.0.1", managerPort), new TokenFile(token)),
                0,
                new AgentSettings.Links(
                        Optional.empty(),
                        new AgentSettings.Waits(
                                readyWait, Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofSeconds(5)),
                        new AgentSettings.Tls(TlsFiles.of("", "", ""), Optional.empty(), Optional.empty())),
                new AgentSettings.Resources(2, 64 << 20)));
    }

    @AfterEach
    void stop() throws Exception {
        assertThat(agent.drain().get(10, TimeUnit.SECONDS)).isTrue();
        agent.close();
        manager.close();
        gateway.close();
        original.close();
        developed.close();
    }

    @Test
    void divertsWhileAnInterceptIsActiveAndPassesThroughBeforeAndAfter() throws Exception {
        AgentHello hello = manager.nextHello();
        String before = Callers.ask(port, "one");
        manager.send(snapshot(1, InterceptState.INTERCEPT_STATE_PENDING));
        Report live = manager.reportWhere(
                report -> report.getInterceptsList().stream().anyMatch(i -> i.getLive()));
        String during = Callers.ask(port, "two");
        manager.send(snapshot(2, InterceptState.INTERCEPT_STATE_DRAINING));
        Report left = manager.reportWhere(report -> report.getRevision() == 2);
        String after = Callers.ask(port, "three");

        assertThat(hello.getWorkload().getName()).isEqualTo("checkout");
        assertThat(hello.getLinks()).isEqualTo(2);
        assertThat(hello.getCapturesList())
                .singleElement()
                .satisfies(capture -> assertThat(capture.getPort()).isEqualTo(port));
        assertThat(live.getLinksList()).allMatch(link -> link.getState() == LinkState.LINK_STATE_OPEN);
        assertThat(left.getIntercepts(0).getLive()).isFalse();
        assertThat(left.getIntercepts(0).getStreamsOpened()).isEqualTo(1);
        assertThat(List.of(before, during, after)).containsExactly("original:one", "developed:two", "original:three");
    }

    @Test
    void keepsDivertingWhileTheManagerIsAwayAndReturnsToIt() throws Exception {
        manager.nextHello();
        manager.send(snapshot(1, InterceptState.INTERCEPT_STATE_ACTIVE));
        manager.reportWhere(report -> report.getInterceptsList().stream().anyMatch(i -> i.getLive()));
        int managerPort = manager.port();
        manager.close();

        String without = Callers.ask(port, "alone");
        manager = new FakeManager(managerPort);
        manager.nextHello();
        manager.send(snapshot(3, InterceptState.INTERCEPT_STATE_SUSPENDED));
        manager.reportWhere(report -> report.getRevision() == 3);

        assertThat(without).isEqualTo("developed:alone");
        assertThat(Callers.ask(port, "back")).isEqualTo("original:back");
    }

    @Test
    void keepsTheOriginalAppFromAnsweringForAGatewayThatIsLost() throws Exception {
        manager.nextHello();
        manager.send(rejecting(snapshot(1, InterceptState.INTERCEPT_STATE_ACTIVE)));
        manager.reportWhere(report -> report.getInterceptsList().stream().anyMatch(i -> i.getLive()));
        String diverted = Callers.ask(port, "one");
        manager.send(rejecting(snapshot(2, InterceptState.INTERCEPT_STATE_SUSPENDED)));
        Report lost = manager.reportWhere(report -> report.getRevision() == 2);

        assertThat(diverted).isEqualTo("developed:one");
        assertThat(lost.getIntercepts(0).getLive()).isFalse();
        assertThatThrownBy(() -> Callers.ask(port, "two")).isInstanceOf(IOException.class);

        manager.send(rejecting(snapshot(3, InterceptState.INTERCEPT_STATE_ACTIVE)));
        manager.reportWhere(report -> report.getRevision() == 3
                && report.getLinksList().stream().allMatch(link -> link.getState() == LinkState.LINK_STATE_OPEN));
        assertThat(Callers.ask(port, "three")).isEqualTo("developed:three");
        manager.send(rejecting(snapshot(4, InterceptState.INTERCEPT_STATE_ENDED)));
        manager.reportWhere(report -> report.getRevision() == 4);
        assertThat(Callers.ask(port, "four")).isEqualTo("original:four");
    }

    @Test
    void keepsItFromThatAlsoWhenTheGatewayWasLostBeforeTheAgentStarted() throws Exception {
        manager.nextHello();
        manager.send(rejecting(snapshot(1, InterceptState.INTERCEPT_STATE_SUSPENDED)));
        manager.reportWhere(report -> report.getRevision() == 1);

        assertThatThrownBy(() -> Callers.ask(port, "one")).isInstanceOf(IOException.class);
    }

    private static Snapshot rejecting(Snapshot snapshot) {
        return snapshot.toBuilder()
                .setIntercepts(
                        0, snapshot.getIntercepts(0).toBuilder().setOnGatewayLoss(FailurePolicy.FAILURE_POLICY_REJECT))
                .build();
    }

    @Test
    void ignoresAnOlderRevisionButFollowsANewEpoch() throws Exception {
        manager.nextHello();
        manager.send(snapshot(5, InterceptState.INTERCEPT_STATE_DRAINING));
        manager.reportWhere(report -> report.getRevision() == 5);
        manager.send(snapshot(4, InterceptState.INTERCEPT_STATE_ACTIVE));
        Report same = manager.reportWhere(report -> true);
        manager.send(snapshot(1, InterceptState.INTERCEPT_STATE_ACTIVE).toBuilder()
                .setEpoch("e2")
                .build());

        assertThat(same.getRevision()).isEqualTo(5);
        assertThat(manager.reportWhere(report -> report.getEpoch().equals("e2")).getRevision())
                .isEqualTo(1);
    }

    @Test
    void bringsALinkThatLosesItsCarrierOnToAnother() throws Exception {
        manager.nextHello();
        manager.send(snapshot(1, InterceptState.INTERCEPT_STATE_ACTIVE));
        manager.reportWhere(report -> report.getInterceptsList().stream().anyMatch(i -> i.getLive()));
        Link link = gateway.nextLink();

        link.loop().execute(link::attempt);
        while (!get("/actuator/prometheus").body().contains("penstock_link_without_carrier_seconds_count 1")) {
            Thread.onSpinWait();
        }

        // Reports of the time without a carrier may still be in the queue.
        Report after = manager.reportWhere(report ->
                report.getLinksList().stream().allMatch(each -> each.getState() == LinkState.LINK_STATE_OPEN));
        assertThat(after.getInterceptsList()).allMatch(i -> i.getLive());
        assertThat(Callers.ask(port, "again")).isEqualTo("developed:again");
    }

    @Test
    void reportsALostLinkAsClosedAndDialsItsReplacement() throws Exception {
        manager.nextHello();
        manager.send(snapshot(1, InterceptState.INTERCEPT_STATE_ACTIVE));
        manager.reportWhere(report -> report.getInterceptsList().stream().anyMatch(i -> i.getLive()));

        Link lost = gateway.nextLink();
        lost.loop().execute(() -> lost.close(CloseCause.ofLink(ResetCode.SHUTDOWN, Initiator.APPLICATION, "the test")));
        Report closed = manager.reportWhere(report ->
                report.getLinksList().stream().anyMatch(link -> link.getState() == LinkState.LINK_STATE_CLOSED));
        manager.send(snapshot(1, InterceptState.INTERCEPT_STATE_ACTIVE).toBuilder()
                .setRevision(2)
                .build());
        Report replaced = manager.reportWhere(report -> report.getRevision() == 2
                && report.getLinksList().stream().allMatch(link -> link.getState() == LinkState.LINK_STATE_OPEN));

        assertThat(closed.getLinksCount()).isEqualTo(2);
        assertThat(replaced.getInterceptsList()).allMatch(intercept -> intercept.getLive());
        assertThat(Callers.ask(port, "again")).isEqualTo("developed:again");
    }

    @Test
    void isReadyOnceTheRulesOfItsFirstSnapshotAreInForce() throws Exception {
        manager.nextHello();
        manager.send(snapshot(1, InterceptState.INTERCEPT_STATE_ACTIVE).toBuilder()
                .clearLinks()
                .build());
        manager.reportWhere(report -> report.getRevision() == 1);
        int before = get(READINESS).statusCode();
        manager.send(snapshot(2, InterceptState.INTERCEPT_STATE_ACTIVE));
        awaitReady(agent);

        assertThat(before).isEqualTo(503);
        assertThat(Callers.ask(port, "first")).isEqualTo("developed:first");
    }

    @Test
    void isReadyWithoutAManagerWhenTheWaitIsOver() throws Exception {
        int nobody = manager.port();
        manager.close();
        try (AgentWiring alone = start(nobody, Duration.ofMillis(100))) {
            awaitReady(alone);

            int captured = alone.captured().keySet().iterator().next();
            assertThat(Callers.ask(captured, "alone")).isEqualTo("original:alone");
        }
    }

    private static void awaitReady(AgentWiring started) throws Exception {
        while (get(started, READINESS).statusCode() != 200) {
            Thread.onSpinWait();
        }
    }

    @Test
    void servesHealthInActuatorsShape() throws Exception {
        manager.nextHello();
        manager.send(snapshot(1, InterceptState.INTERCEPT_STATE_DRAINING));
        awaitReady(agent);
        HttpResponse<String> health = get("/actuator/health");
        HttpResponse<String> ready = get(READINESS);
        HttpResponse<String> unknown = get("/actuator/env");

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).startsWith("{\"status\":\"UP\"").contains("\"readinessState\":{\"status\":\"UP\"}");
        assertThat(ready.body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(get("/actuator/health/liveness").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(unknown.statusCode()).isEqualTo(404);
    }

    @Test
    void answersOneRequestAfterTheOtherOnAKeptConnection() throws Exception {
        manager.nextHello();
        try (Socket kept = new Socket(InetAddress.getLoopbackAddress(), agent.adminPort())) {
            kept.setSoTimeout(10_000);
            for (String path : List.of("health", "health/readiness", "prometheus", "env", "health", "prometheus")) {
                assertThat(askOn(kept, "/actuator/" + path)).startsWith("HTTP/1.1 ");
            }
        }
    }

    @Test
    void answersAsManyAsComeAtOnce() throws Exception {
        manager.nextHello();
        String ask = "GET /actuator/health/liveness HTTP/1.1\r\nHost: agent\r\n";
        try (Socket pipelined = new Socket(InetAddress.getLoopbackAddress(), agent.adminPort())) {
            pipelined.setSoTimeout(10_000);
            String all = (ask + "\r\n").repeat(99) + ask + "Connection: close\r\n\r\n";
            pipelined.getOutputStream().write(all.getBytes(US_ASCII));

            String answers = new String(pipelined.getInputStream().readAllBytes(), US_ASCII);

            assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(101);
        }
    }

    /** Returns the first line of the answer, and reads all of it. */
    private static String askOn(Socket kept, String path) throws IOException {
        kept.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: agent\r\n\r\n").getBytes(US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) kept.getInputStream().read());
        }
        Matcher length = Pattern.compile("content-length: (\\d+)").matcher(head);
        assertThat(length.find()).as("%s", head).isTrue();
        kept.getInputStream().readNBytes(Integer.parseInt(length.group(1)));
        return head.substring(0, head.indexOf("\r\n"));
    }

    @Test
    void publishesExactlyTheCataloguesMeters() throws Exception {
        manager.nextHello();
        manager.send(snapshot(1, InterceptState.INTERCEPT_STATE_ACTIVE));
        manager.reportWhere(report -> report.getInterceptsList().stream().anyMatch(i -> i.getLive()));
        Callers.ask(port, "one");
        Set<String> catalogue = new TreeSet<>();
        for (AgentMeter meter : AgentMeter.values()) {
            catalogue.add(exposed(meter.meterName(), meter.unit(), meter.kind()));
        }
        for (TunnelMeter meter : TunnelMeter.values()) {
            catalogue.add(exposed(meter.meterName(), meter.unit(), meter.kind()));
        }

        Set<String> published = new TreeSet<>();
        for (String line : get("/actuator/prometheus").body().split("\n", -1)) {
            if (line.startsWith("# TYPE penstock_")) {
                published.add(line.split(" ", -1)[2]);
            }
        }
        published.removeIf(name -> name.endsWith("_max"));

        assertThat(published).isEqualTo(catalogue);
    }

    /** The name under which Prometheus sees a meter. */
    private static String exposed(String name, String unit, MeterKind kind) {
        String plain = name.replace('.', '_');
        String base = unit.isEmpty() || plain.endsWith("_" + unit) ? plain : plain + "_" + unit;
        return kind == MeterKind.COUNTER ? base + "_total" : base;
    }

    private HttpResponse<String> get(String path) throws Exception {
        return get(agent, path);
    }

    private static HttpResponse<String> get(AgentWiring from, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + from.adminPort() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private Snapshot snapshot(long revision, InterceptState state) {
        Snapshot.Builder snapshot = Snapshot.newBuilder()
                .setEpoch("e1")
                .setRevision(revision)
                .setReportIntervalMillis(200)
                .addIntercepts(InterceptRule.newBuilder()
                        .setId("i-1")
                        .setSessionId("s-1")
                        .setState(state)
                        .addPorts(InterceptPort.newBuilder().setCapture(port)));
        if (state == InterceptState.INTERCEPT_STATE_ACTIVE || state == InterceptState.INTERCEPT_STATE_PENDING) {
            for (int slot = 0; slot < 2; slot++) {
                ByteString id = ByteString.copyFrom(LinkId.random(random).toBytes());
                snapshot.addLinks(LinkAssignment.newBuilder()
                        .setLinkId(id)
                        .setJoinToken(id)
                        .setSlot(slot)
                        .setSessionId("s-1")
                        .setRoute(Route.ROUTE_RELAY)
                        .setAddress("127.0.0.1:" + gateway.address().getPort()));
            }
        }
        return snapshot.build();
    }
}
