package io.penstock.manager.api.grpc;

import io.grpc.stub.StreamObserver;
import io.penstock.api.control.v1.GatewayControlGrpc;
import io.penstock.api.control.v1.GatewayHello;
import io.penstock.api.control.v1.GatewayMessage;
import io.penstock.api.control.v1.Snapshot;
import io.penstock.manager.api.grpc.AttachCall.Guest;
import io.penstock.manager.api.grpc.AttachCall.Kind;
import io.penstock.manager.refusal.Refusal;
import io.penstock.manager.report.Report;
import io.penstock.manager.session.Route;
import io.penstock.manager.session.SessionId;
import io.penstock.tunnel.link.LinkSide;

/**
 * The Attach calls of gateways.
 *
 * <p><em>Thread-safe</em>.
 */
public final class GatewayEndpoint extends GatewayControlGrpc.GatewayControlImplBase {
    private final Front front;

    public GatewayEndpoint(Front front) {
        this.front = front;
    }

    @Override
    public StreamObserver<GatewayMessage> attach(StreamObserver<Snapshot> observer) {
        var call = Front.call(observer);
        SnapshotStream snapshots = front.snapshots(LinkSide.GATEWAY, call);
        return AttachCall.begin(front.loop(), call, snapshots, new GatewayDoor(front, snapshots));
    }

    /** Where gateways come in. <em>Loop-confined</em>. */
    private record GatewayDoor(Front front, SnapshotStream snapshots) implements AttachCall.Door<GatewayMessage> {
        @Override
        public Kind kindOf(GatewayMessage message) {
            return switch (message.getMessageCase()) {
                case HELLO -> Kind.HELLO;
                case REPORT -> Kind.REPORT;
                case MESSAGE_NOT_SET -> Kind.NOTHING;
            };
        }

        @Override
        public Guest admit(GatewayMessage message) {
            GatewayHello hello = message.getHello();
            Route route = switch (hello.getRoute()) {
                case ROUTE_DIRECT -> Route.DIRECT;
                case ROUTE_RELAY, ROUTE_UNSPECIFIED -> Route.RELAY;
                case UNRECOGNIZED ->
                    throw Refusal.invalid("route", hello.getRouteValue(), "ROUTE_RELAY or ROUTE_DIRECT");
            };
            var id = new SessionId(hello.getSessionId());
            front.attendance().attachGateway(id, route, snapshots);
            return new GatewayGuest(front, snapshots, id);
        }

        @Override
        public Report reportOf(GatewayMessage message) {
            return ReportCodec.decode(message.getReport());
        }
    }

    /** A gateway with a seat. <em>Loop-confined</em>. */
    private record GatewayGuest(Front front, SnapshotStream snapshots, SessionId id) implements Guest {
        @Override
        public void reported(Report report) {
            front.attendance().gatewayReported(id, snapshots, report);
        }

        @Override
        public void gone() {
            front.attendance().detachGateway(id, snapshots);
        }
    }
}
