package io.penstock.manager.api.grpc;

import io.grpc.stub.StreamObserver;
import io.penstock.api.control.v1.GatewayControlGrpc;
import io.penstock.api.control.v1.GatewayHello;
import io.penstock.api.control.v1.GatewayMessage;
import io.penstock.api.control.v1.Snapshot;
import io.penstock.manager.refusal.Refusal;
import io.penstock.manager.session.Route;
import io.penstock.manager.session.SessionId;
import io.penstock.tunnel.link.LinkSide;
import org.jspecify.annotations.Nullable;

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
        return AttachCall.begin(front.loop(), call, snapshots, new GatewayPeer(front, snapshots));
    }

    /** One gateway's side of its call. <em>Loop-confined</em>. */
    private static final class GatewayPeer implements AttachCall.Peer<GatewayMessage> {
        private final Front front;
        private final SnapshotStream snapshots;
        private @Nullable SessionId id;

        GatewayPeer(Front front, SnapshotStream snapshots) {
            this.front = front;
            this.snapshots = snapshots;
        }

        @Override
        public void onMessage(GatewayMessage message) {
            switch (message.getMessageCase()) {
                case HELLO -> onHello(message.getHello());
                case REPORT -> {
                    if (id == null) {
                        throw Refusal.invalid("message", "report", "hello as the first message");
                    }
                    front.attendance().gatewayReported(id, snapshots, ReportCodec.decode(message.getReport()));
                }
                case MESSAGE_NOT_SET -> throw Refusal.invalid("message", null, "hello or report");
            }
        }

        private void onHello(GatewayHello hello) {
            if (id != null) {
                throw Refusal.invalid("message", "hello", "a report after the first message");
            }
            Route route = switch (hello.getRoute()) {
                case ROUTE_DIRECT -> Route.DIRECT;
                case ROUTE_RELAY, ROUTE_UNSPECIFIED -> Route.RELAY;
                case UNRECOGNIZED ->
                    throw Refusal.invalid("route", hello.getRouteValue(), "ROUTE_RELAY or ROUTE_DIRECT");
            };
            var named = new SessionId(hello.getSessionId());
            front.attendance().attachGateway(named, route, snapshots);
            id = named;
        }

        @Override
        public boolean hasSaidHello() {
            return id != null;
        }

        @Override
        public void onGone() {
            if (id != null) {
                front.attendance().detachGateway(id, snapshots);
            }
        }
    }
}
