package io.penstock.manager.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.penstock.api.control.v1.Snapshot;
import io.penstock.manager.plane.Picture;
import io.penstock.manager.plane.Subscriber.Ending;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SnapshotStreamTest {
    private final SlowCall call = new SlowCall();
    private int sent;
    private final SnapshotStream stream = new SnapshotStream(
            call,
            snapshot -> Snapshot.newBuilder().setRevision(snapshot.revision()).build(),
            () -> sent++);

    private void offer(long revision) {
        stream.offer(new io.penstock.manager.plane.Snapshot("epoch", revision, new Picture(List.of(), List.of())));
    }

    @Test
    void keepsOnlyTheNewestSnapshotForAPeerThatDoesNotRead() {
        call.ready = false;
        for (int revision = 1; revision <= 1000; revision++) {
            offer(revision);
        }
        assertThat(call.written).isEmpty();

        call.ready = true;
        stream.flush();
        stream.flush();
        offer(1001);

        assertThat(call.written).extracting(Snapshot::getRevision).containsExactly(1000L, 1001L);
        assertThat(sent).isEqualTo(2);
    }

    @Test
    void writesNothingAfterItsEndAndEndsOnce() {
        stream.end(Ending.TAKEN_OVER);
        offer(1);
        stream.flush();
        stream.end(Ending.STOPPING);

        assertThat(call.written).isEmpty();
        assertThat(call.failures).hasSize(1);
        assertThat(Status.fromThrowable(call.failures.get(0)).getCode()).isEqualTo(Status.Code.ABORTED);
    }

    /** A call whose peer reads when the test says so. */
    private static final class SlowCall extends ServerCallStreamObserver<Snapshot> {
        private final List<Snapshot> written = new ArrayList<>();
        private final List<Throwable> failures = new ArrayList<>();
        private boolean ready = true;

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void onNext(Snapshot snapshot) {
            written.add(snapshot);
        }

        @Override
        public void onError(Throwable failure) {
            failures.add(failure);
        }

        @Override
        public void onCompleted() {}

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void setOnCancelHandler(@Nullable Runnable handler) {}

        @Override
        public void setCompression(String compression) {}

        @Override
        public void setOnReadyHandler(Runnable handler) {}

        @Override
        public void request(int count) {}

        @Override
        public void setMessageCompression(boolean enable) {}

        @Override
        public void disableAutoInboundFlowControl() {}
    }
}
