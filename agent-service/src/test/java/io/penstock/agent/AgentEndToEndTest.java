package io.penstock.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.penstock.agent.capture.Capture;
import io.penstock.agent.capture.HostPort;
import io.penstock.agent.config.AgentSettings;
import io.penstock.agent.config.AgentWiring;
import io.penstock.agent.control.AgentPresence.Workload;
import io.penstock.agent.control.ManagerAddress;
import io.penstock.agent.control.TokenFile;
import io.penstock.api.control.v1.AgentHello;
import io.penstock.api.control.v1.InterceptPort;
import io.penstock.api.control.v1.InterceptRule;
import io.penstock.api.control.v1.InterceptState;
import io.penstock.api.control.v1.LinkAssignment;
import io.penstock.api.control.v1.LinkState;
import io.penstock.api.control.v1.Report;
import io.penstock.api.control.v1.Route;
import io.penstock.api.control.v1.Snapshot;
import io.penstock.tunnel.link.LinkId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AgentEndToEndTest {

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
        Path token = Files.writeString(directory.resolve("token"), FakeManager.TOKEN + "\n");
        Capture capture = new Capture(
                new HostPort("127.0.0.1", 0),
                new HostPort("127.0.0.1", original.address().getPort()));
        agent = AgentWiring.start(new AgentSettings(
                List.of(capture),
                new Workload("shop", "checkout"),
                new ManagerAddress(new HostPort("127.0.0.1", manager.port()), new TokenFile(token)),
                0,
                new AgentSettings.Links(Optional.empty(), Duration.ofMillis(500), Duration.ofSeconds(5)),
                new AgentSettings.Resources(2, 64 << 20)));
        port = agent.captured().keySet().iterator().next();
        gateway.dials(developed.address());
    }

    @AfterEach
    void stop() throws Exception {
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
        if (revision == 1) {
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
