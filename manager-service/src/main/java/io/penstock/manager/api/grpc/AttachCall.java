package io.penstock.manager.api.grpc;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.penstock.api.control.v1.Snapshot;
import io.penstock.manager.plane.ControlLoop;
import io.penstock.manager.refusal.Refusal;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inbound half of an Attach call: brings each message to the control loop and asks for the next one when it was taken,
 * so a peer can have one message waiting and no more.
 *
 * <p><em>Thread-safe</em>.
 */
final class AttachCall<M> implements StreamObserver<M> {
    private static final Logger log = LoggerFactory.getLogger(AttachCall.class);
    private static final Duration HELLO_DEADLINE = Duration.ofSeconds(10);

    /** What one side does with its messages. <em>Loop-confined</em>. */
    interface Peer<M> {
        void onMessage(M message);

        boolean hasSaidHello();

        /** The call is over, whoever ended it; comes once at least. */
        void onGone();
    }

    private final ControlLoop loop;
    private final ServerCallStreamObserver<Snapshot> call;
    private final SnapshotStream snapshots;
    private final Peer<M> peer;

    private AttachCall(
            ControlLoop loop, ServerCallStreamObserver<Snapshot> call, SnapshotStream snapshots, Peer<M> peer) {
        this.loop = loop;
        this.call = call;
        this.snapshots = snapshots;
        this.peer = peer;
    }

    /** Takes over a call that has just begun; must be called before the service method returns. */
    static <M> AttachCall<M> begin(
            ControlLoop loop, ServerCallStreamObserver<Snapshot> call, SnapshotStream snapshots, Peer<M> peer) {
        var attach = new AttachCall<>(loop, call, snapshots, peer);
        call.disableAutoRequest();
        call.setOnReadyHandler(() -> loop.execute(snapshots::flush));
        call.setOnCancelHandler(() -> loop.execute(attach::over));
        call.request(1);
        loop.later(HELLO_DEADLINE, attach::expectHello);
        return attach;
    }

    @Override
    public void onNext(M message) {
        loop.execute(() -> take(message));
    }

    @Override
    public void onError(Throwable failure) {
        loop.execute(this::over);
    }

    @Override
    public void onCompleted() {
        loop.execute(() -> {
            snapshots.fail(Status.OK);
            over();
        });
    }

    private void take(M message) {
        if (snapshots.hasEnded()) {
            return;
        }
        try {
            peer.onMessage(message);
            call.request(1);
        } catch (Refusal refusal) {
            snapshots.fail(FailureMapper.status(refusal));
            over();
        } catch (RuntimeException defect) {
            log.error("attach call: message failed", defect);
            snapshots.fail(Status.INTERNAL.withDescription("a defect of the manager; its log says more"));
            over();
        }
    }

    private void over() {
        snapshots.fail(Status.CANCELLED);
        peer.onGone();
    }

    private void expectHello() {
        if (!peer.hasSaidHello() && !snapshots.hasEnded()) {
            snapshots.fail(Status.INVALID_ARGUMENT.withDescription(
                    Refusal.sentence("hello", null, "the first message within " + HELLO_DEADLINE.toSeconds() + " s")));
            over();
        }
    }
}
