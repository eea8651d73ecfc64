package io.penstock.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.penstock.api.control.v1.FailurePolicy;
import io.penstock.api.control.v1.InterceptPort;
import io.penstock.api.control.v1.InterceptState;
import io.penstock.api.control.v1.LinkState;
import io.penstock.api.control.v1.Report;
import io.penstock.api.control.v1.Snapshot;
import io.penstock.api.control.v1.WorkloadRef;
import io.penstock.gateway.session.ControlPlane;
import io.penstock.gateway.session.ControlPlane.Ending;
import io.penstock.gateway.session.ControlSnapshot;
import io.penstock.gateway.session.GatewayReport;
import io.penstock.gateway.session.ManagerRef;
import io.penstock.gateway.session.Membership;
import io.penstock.gateway.session.Route;
import io.penstock.tunnel.carrier.Transport;
import io.penstock.tunnel.link.LinkId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GrpcControlPlaneTest {

    private static final byte[] LINK = new byte[LinkId.LENGTH];

    private final StandInManager manager = new StandInManager();
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, Transport.choose().ioHandlerFactory());
    private final GrpcControlPlane plane = new GrpcControlPlane(
            loops,
            Transport.choose().socketChannel(),
            new GrpcControlPlane.Settings("1.2", Duration.ofSeconds(10), Duration.ofSeconds(5)));
    private final Heard heard = new Heard();

    @TempDir
    Path directory = Path.of("");

    GrpcControlPlaneTest() throws IOException {}

    @AfterEach
    void close() throws InterruptedException {
        manager.close();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
    }

    @Test
    void saysHelloReadsSnapshotsAndReports() throws Exception {
        ControlPlane.Call call = plane.attach(membership(StandInManager.TOKEN), heard);
        StreamObserver<Snapshot> snapshots = manager.nextCall();
        assertThat(manager.nextMessage().getHello()).satisfies(hello -> {
            assertThat(hello.getSessionId()).isEqualTo("s-1");
            assertThat(hello.getVersion()).isEqualTo("1.2");
            assertThat(hello.getRoute()).isEqualTo(io.penstock.api.control.v1.Route.ROUTE_DIRECT);
        });

        snapshots.onNext(snapshot());

        ControlSnapshot read = heard.nextSnapshot();
        assertThat(read.reportInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(read.intercepts()).singleElement().satisfies(rule -> {
            assertThat(rule.workload()).isEqualTo("shop/checkout");
            assertThat(rule.state()).isEqualTo(io.penstock.gateway.session.InterceptState.SUSPENDED);
            assertThat(rule.standing().reason()).isEqualTo("LINK_LOST");
            assertThat(rule.onAppRefused()).hasToString("HOLD 3s then REJECT");
            assertThat(rule.ports().get(0).target()).isEqualTo("127.0.0.1:3000");
        });
        assertThat(read.links()).singleElement().satisfies(link -> {
            assertThat(link.door().address()).isEqualTo("10.0.0.9:7070");
            assertThat(link.door().joinToken()).containsExactly(1, 2, 3);
        });

        snapshots.onNext(snapshot());
        call.more();
        assertThat(heard.nextSnapshot().links()).hasSize(1);

        call.report(report());

        Report told = manager.nextMessage().getReport();
        assertThat(told.getRevision()).isEqualTo(4);
        assertThat(told.getLinks(0).getState()).isEqualTo(LinkState.LINK_STATE_CLOSED);
        assertThat(told.getLinks(0).getCode()).isEqualTo("LINK_LOST");
        assertThat(told.getIntercepts(0).getStreamsOpen()).isEqualTo(3);
        assertThat(told.getIntercepts(0).getStreamsClosedMap()).containsEntry("NONE", 5L);
        call.end();
    }

    @Test
    void tellsAnUnknownSessionFromAManagerThatIsAway() throws Exception {
        plane.attach(membership(StandInManager.TOKEN), heard);
        manager.nextCall()
                .onError(Status.NOT_FOUND.withDescription("session: s-1").asRuntimeException());
        assertThat(heard.nextEnding()).isEqualTo(Ending.UNKNOWN_SESSION);

        plane.attach(membership(StandInManager.TOKEN), heard);
        manager.nextCall().onCompleted();
        assertThat(heard.nextEnding()).isEqualTo(Ending.UNAVAILABLE);

        manager.close();
        plane.attach(membership(StandInManager.TOKEN), heard);
        assertThat(heard.nextEnding()).isEqualTo(Ending.UNAVAILABLE);
    }

    @Test
    void tellsOfATokenThatIsNotGood() throws Exception {
        plane.attach(membership("wrong"), heard);

        assertThat(heard.nextEnding()).isEqualTo(Ending.UNAUTHENTICATED);
    }

    @Test
    void endsWithAReasonWhenTheTokenFileHasGone() throws Exception {
        Membership membership = membership(StandInManager.TOKEN);
        Files.delete(membership.manager().tokenFile());

        plane.attach(membership, heard);

        assertThat(heard.nextEnding()).isEqualTo(Ending.UNAVAILABLE);
    }

    private Membership membership(String token) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), token);
        ManagerRef ref = ManagerRef.parse(manager.url(), file.toString(), Route.DIRECT);
        return new Membership(ref, "s-1", manager.control());
    }

    private static Snapshot snapshot() {
        return Snapshot.newBuilder()
                .setEpoch("e")
                .setRevision(4)
                .setReportIntervalMillis(2000)
                .addIntercepts(io.penstock.api.control.v1.InterceptRule.newBuilder()
                        .setId("i-1")
                        .setWorkload(
                                WorkloadRef.newBuilder().setNamespace("shop").setName("checkout"))
                        .addPorts(InterceptPort.newBuilder().setCapture(8080).setTarget("127.0.0.1:3000"))
                        .setState(InterceptState.INTERCEPT_STATE_SUSPENDED)
                        .setReason("LINK_LOST")
                        .setOnAppRefused(FailurePolicy.FAILURE_POLICY_HOLD)
                        .setOnAppRefusedHoldMillis(3000)
                        .setOnAppRefusedThen(FailurePolicy.FAILURE_POLICY_REJECT))
                .addLinks(io.penstock.api.control.v1.LinkAssignment.newBuilder()
                        .setLinkId(ByteString.copyFrom(LINK))
                        .setAddress("10.0.0.9:7070")
                        .setJoinToken(ByteString.copyFrom(new byte[] {1, 2, 3})))
                .build();
    }

    private static GatewayReport report() {
        return new GatewayReport(
                "e",
                4,
                new GatewayReport.Figures(
                        List.of(new GatewayReport.LinkFigure(
                                LinkId.of(LINK),
                                GatewayReport.LinkCondition.CLOSED,
                                "LINK_LOST",
                                "gone",
                                0.5,
                                new GatewayReport.Liveness(1, 7))),
                        List.of(new GatewayReport.InterceptFigure(
                                "i-1",
                                true,
                                9,
                                Map.of("NONE", 5L),
                                Map.of("APP_REFUSED", 1L),
                                new GatewayReport.Traffic(1, 2),
                                0))));
    }

    /** What a listener heard. Thread-safe. */
    private static final class Heard implements ControlPlane.Listener {
        private final BlockingQueue<ControlSnapshot> snapshots = new LinkedBlockingQueue<>();
        private final BlockingQueue<Ending> endings = new LinkedBlockingQueue<>();

        @Override
        public void onSnapshot(ControlSnapshot snapshot) {
            snapshots.add(snapshot);
        }

        @Override
        public void onEnded(Ending ending, String detail) {
            endings.add(ending);
        }

        ControlSnapshot nextSnapshot() throws InterruptedException {
            return Objects.requireNonNull(snapshots.poll(20, TimeUnit.SECONDS));
        }

        Ending nextEnding() throws InterruptedException {
            return Objects.requireNonNull(endings.poll(20, TimeUnit.SECONDS));
        }
    }
}
