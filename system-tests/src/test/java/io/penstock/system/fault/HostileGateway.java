package io.penstock.system.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.penstock.api.control.v1.GatewayControlGrpc;
import io.penstock.api.control.v1.GatewayHello;
import io.penstock.api.control.v1.GatewayMessage;
import io.penstock.api.control.v1.LinkAssignment;
import io.penstock.api.control.v1.LinkReport;
import io.penstock.api.control.v1.LinkState;
import io.penstock.api.control.v1.Report;
import io.penstock.api.control.v1.Route;
import io.penstock.api.control.v1.Snapshot;
import io.penstock.bench.process.ManagerProcess;
import io.penstock.bench.process.RestDoor;
import io.penstock.system.stage.RawCaller;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A gateway that is let in, and then breaks the protocol on the links that it is given. Used by one test at a time. */
final class HostileGateway implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final RestDoor rest;
    private final String session;
    private final ManagedChannel channel;
    private final StreamObserver<GatewayMessage> reports;
    private final AtomicReference<Snapshot> newest = new AtomicReference<>(Snapshot.getDefaultInstance());
    private final Set<String> used = new HashSet<>();

    private HostileGateway(RestDoor rest, String session, ManagedChannel channel, Route route) {
        this.rest = rest;
        this.session = session;
        this.channel = channel;
        Metadata bearer = new Metadata();
        bearer.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + rest.token());
        reports = GatewayControlGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(bearer))
                .attach(new Listener());
        GatewayHello hello = GatewayHello.newBuilder()
                .setSessionId(session)
                .setRoute(route)
                .setVersion("0")
                .build();
        reports.onNext(GatewayMessage.newBuilder().setHello(hello).build());
    }

    /** Arrives with a session, and an intercept of that workload and port. */
    static HostileGateway arrive(ManagerProcess manager, String workload, int port, Route route) throws IOException {
        RestDoor rest = manager.rest();
        String session = RestDoor.require(
                        rest.post("/api/v1/sessions", Map.of("owner", "mallory", "client", "elsewhere")), "session")
                .path("id")
                .asString();
        ManagedChannel channel = ManagedChannelBuilder.forTarget(manager.grpcAddress())
                .usePlaintext()
                .build();
        HostileGateway gateway = new HostileGateway(rest, session, channel, route);
        Map<String, Object> capture = Map.of("capture", port, "target", "127.0.0.1:1");
        Map<String, Object> wish =
                Map.of("workload", workload, "sessionId", session, "ports", List.of(capture), "onAppRefused", "REJECT");
        RestDoor.require(rest.post("/api/v1/intercepts", wish), "intercept");
        return gateway;
    }

    /** Waits for a link that it has not used yet. */
    LinkAssignment nextLink() {
        Awaitility.await().atMost(LIMIT).until(() -> fresh() != null);
        LinkAssignment link = requireNonNull(fresh());
        used.add(link.getLinkId().toString());
        return link;
    }

    private @Nullable LinkAssignment fresh() {
        return snapshot().getLinksList().stream()
                .filter(link -> !used.contains(link.getLinkId().toString()))
                .findFirst()
                .orElse(null);
    }

    private Snapshot snapshot() {
        return requireNonNull(newest.get());
    }

    /** Dials as a gateway does, and is joined. */
    static RawCaller dial(LinkAssignment link) throws IOException {
        String[] address = link.getAddress().split(":");
        RawCaller carrier = RawCaller.dial(new InetSocketAddress(address[0], Integer.parseInt(address[1])));
        carrier.send(Wire.join(link.getJoinToken().toByteArray()));
        DataInputStream in = new DataInputStream(carrier.in());
        int status = in.readUnsignedByte();
        byte[] detail = in.readNBytes(in.readUnsignedByte());
        if (status != 0) {
            throw new IOException("join: " + status + " " + new String(detail, UTF_8) + " (expected: 0)");
        }
        return carrier;
    }

    void reportClosed(LinkAssignment link) {
        LinkReport closed = LinkReport.newBuilder()
                .setLinkId(link.getLinkId())
                .setState(LinkState.LINK_STATE_CLOSED)
                .setCode("PROTOCOL_ERROR")
                .build();
        Report report = Report.newBuilder()
                .setEpoch(snapshot().getEpoch())
                .setRevision(snapshot().getRevision())
                .addLinks(closed)
                .build();
        reports.onNext(GatewayMessage.newBuilder().setReport(report).build());
    }

    /** Departs, so that the port is free for the next one. */
    @Override
    public void close() throws IOException {
        RestDoor.require(rest.delete("/api/v1/sessions/" + session), "depart");
        reports.onCompleted();
        channel.shutdownNow();
        Awaitility.await().atMost(LIMIT).until(() -> channel.awaitTermination(1, TimeUnit.SECONDS));
    }

    /** Keeps the newest snapshot. Thread-safe. */
    private final class Listener implements StreamObserver<Snapshot> {
        @Override
        public void onNext(Snapshot snapshot) {
            newest.set(snapshot);
        }

        @Override
        public void onError(Throwable failure) {
            // What does not come is what the test then misses.
        }

        @Override
        public void onCompleted() {
            // As above.
        }
    }
}
