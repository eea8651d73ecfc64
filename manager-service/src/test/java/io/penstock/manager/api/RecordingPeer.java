package io.penstock.manager.api;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.penstock.api.control.v1.Snapshot;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The receiving half of an Attach call: waits for what it is sent. */
final class RecordingPeer implements StreamObserver<Snapshot> {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final LinkedBlockingQueue<Snapshot> snapshots = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();

    @Override
    public void onNext(Snapshot snapshot) {
        snapshots.add(snapshot);
    }

    @Override
    public void onError(Throwable failure) {
        end.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
        end.complete(Status.OK);
    }

    /** The first snapshot from now on that is as wanted. */
    Snapshot await(Predicate<Snapshot> wanted) throws InterruptedException {
        while (true) {
            Snapshot next = snapshots.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no such snapshot; the call: " + end);
            }
            if (wanted.test(next)) {
                return next;
            }
        }
    }

    Status awaitEnd() throws Exception {
        return end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
