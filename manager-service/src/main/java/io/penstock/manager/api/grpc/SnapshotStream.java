package io.penstock.manager.api.grpc;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.penstock.api.control.v1.Snapshot;
import io.penstock.manager.plane.Subscriber;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The outbound half of an Attach call. When the peer is slow, the newest snapshot waits and nothing else: whatever it
 * replaces was not needed.
 *
 * <p><em>Loop-confined</em>.
 */
final class SnapshotStream implements Subscriber {
    private final ServerCallStreamObserver<Snapshot> call;
    private final Function<io.penstock.manager.plane.Snapshot, Snapshot> encode;
    private final Runnable onSent;
    private io.penstock.manager.plane.@Nullable Snapshot newest;
    private boolean ended;

    SnapshotStream(
            ServerCallStreamObserver<Snapshot> call,
            Function<io.penstock.manager.plane.Snapshot, Snapshot> encode,
            Runnable onSent) {
        this.call = call;
        this.encode = encode;
        this.onSent = onSent;
    }

    @Override
    public void offer(io.penstock.manager.plane.Snapshot snapshot) {
        newest = snapshot;
        flush();
    }

    /** Writes what waits, if the peer takes it; called again whenever it may. */
    void flush() {
        var waiting = newest;
        if (waiting != null && !ended && call.isReady()) {
            newest = null;
            call.onNext(encode.apply(waiting));
            onSent.run();
        }
    }

    @Override
    public void end(Ending ending) {
        fail(FailureMapper.status(ending));
    }

    void fail(Status status) {
        if (ended) {
            return;
        }
        ended = true;
        newest = null;
        if (status.isOk()) {
            call.onCompleted();
        } else {
            call.onError(status.asRuntimeException());
        }
    }

    boolean hasEnded() {
        return ended;
    }
}
