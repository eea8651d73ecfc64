package io.penstock.gateway.control;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.penstock.api.control.v1.GatewayControlGrpc;
import io.penstock.api.control.v1.GatewayMessage;
import io.penstock.api.control.v1.Snapshot;
import io.penstock.gateway.session.ControlPlane;
import io.penstock.gateway.session.ControlPlane.Ending;
import io.penstock.gateway.session.GatewayReport;
import io.penstock.gateway.session.Membership;
import org.jspecify.annotations.Nullable;

/**
 * One Attach call and the channel under it; both end together.
 *
 * <p><em>Thread-safe</em> as far as it is used: requests come from the control loop, answers from the channel's loop.
 */
final class AttachCall implements ControlPlane.Call, ClientResponseObserver<GatewayMessage, Snapshot> {

    private final ManagedChannel channel;
    private final Membership membership;
    private final ControlPlane.Listener listener;
    private volatile @Nullable ClientCallStreamObserver<GatewayMessage> requests;

    AttachCall(ManagedChannel channel, Membership membership, ControlPlane.Listener listener) {
        this.membership = membership;
        this.channel = channel;
        this.listener = listener;
    }

    void begin(GatewayControlGrpc.GatewayControlStub stub, GatewayMessage hello) {
        stub.attach(this).onNext(hello);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<GatewayMessage> stream) {
        stream.disableAutoRequestWithInitial(1);
        requests = stream;
    }

    @Override
    public void more() {
        ClientCallStreamObserver<GatewayMessage> stream = requests;
        if (stream != null) {
            stream.request(1);
        }
    }

    @Override
    public void report(GatewayReport report) {
        ClientCallStreamObserver<GatewayMessage> stream = requests;
        // A manager that does not read gets the next report instead: each one is whole.
        if (stream != null && stream.isReady()) {
            stream.onNext(ReportWords.report(report));
        }
    }

    @Override
    public void end() {
        ClientCallStreamObserver<GatewayMessage> stream = requests;
        if (stream != null) {
            stream.cancel("the gateway ended the call", null);
        }
        channel.shutdownNow();
    }

    @Override
    public void onNext(Snapshot snapshot) {
        try {
            listener.onSnapshot(SnapshotReader.read(snapshot, membership));
        } catch (IllegalArgumentException e) {
            listener.onEnded(Ending.UNAVAILABLE, "snapshot: " + e.getMessage());
        }
    }

    @Override
    public void onError(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        listener.onEnded(ending(status), sentence(status));
        channel.shutdownNow();
    }

    @Override
    public void onCompleted() {
        listener.onEnded(Ending.UNAVAILABLE, "the manager ended the control call");
        channel.shutdownNow();
    }

    private static Ending ending(Status status) {
        Status.Code code = status.getCode();
        if (code == Status.Code.NOT_FOUND) {
            return Ending.UNKNOWN_SESSION;
        }
        boolean refused = code == Status.Code.UNAUTHENTICATED || code == Status.Code.PERMISSION_DENIED;
        return refused ? Ending.UNAUTHENTICATED : Ending.UNAVAILABLE;
    }

    private static String sentence(Status status) {
        Throwable cause = status.getCause();
        String detail = cause != null && cause.getMessage() != null ? cause.getMessage() : status.getDescription();
        return "control call: " + status.getCode() + (detail == null ? "" : ", " + detail);
    }
}
