package io.penstock.manager.api.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.penstock.api.control.v1.Snapshot;
import io.penstock.manager.pairing.TokenIssuer;
import io.penstock.manager.plane.Attendance;
import io.penstock.manager.plane.ControlLoop;
import io.penstock.manager.plane.PlaneEvents;
import io.penstock.tunnel.link.LinkSide;

/**
 * What both Attach endpoints stand on.
 *
 * <p><em>Immutable</em>.
 *
 * @param attendance called on the loop only
 */
public record Front(
        ControlLoop loop, Attendance attendance, PlaneEvents events, Reachable manager, TokenIssuer tokens) {

    /** The outbound half of a call that has just begun. */
    SnapshotStream snapshots(LinkSide side, ServerCallStreamObserver<Snapshot> call) {
        var codec = new SnapshotCodec(side, manager, tokens);
        return new SnapshotStream(call, codec::encode, () -> events.onSnapshotSent(side));
    }

    /** Every server call has this type; gRPC's generated signature only does not say so. */
    static ServerCallStreamObserver<Snapshot> call(StreamObserver<Snapshot> observer) {
        return (ServerCallStreamObserver<Snapshot>) observer;
    }
}
