package io.penstock.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.penstock.api.control.v1.AgentMessage;
import io.penstock.api.control.v1.Snapshot;
import io.penstock.tunnel.testkit.ManualLoop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AttachCallTest implements AttachCall.Owner {

    private final ManualLoop loop = new ManualLoop();
    private final List<Snapshot> taken = new ArrayList<>();
    private final Requests requests = new Requests();
    private boolean broken;

    @Test
    void asksForTheNextSnapshotWhenOneWasTaken() {
        AttachCall call = new AttachCall(loop, this);
        call.beforeStart(requests);
        assertThat(requests.initially).isEqualTo(1);

        call.onNext(Snapshot.getDefaultInstance());
        assertThat(requests.asked).isZero();

        loop.runReady();
        assertThat(taken).hasSize(1);
        assertThat(requests.asked).isEqualTo(1);
    }

    @Test
    void givesTheCallUpWhenASnapshotCannotBeTaken() {
        AttachCall call = new AttachCall(loop, this);
        call.beforeStart(requests);
        broken = true;

        call.onNext(Snapshot.getDefaultInstance());
        loop.runReady();

        assertThat(requests.asked).isZero();
        assertThat(requests.cancelled).isTrue();
    }

    @Override
    public void onSnapshot(AttachCall call, Snapshot snapshot) {
        if (broken) {
            throw new IllegalStateException("a bug of ours");
        }
        taken.add(snapshot);
    }

    @Override
    public void onEnd(AttachCall call, Status status) {
        throw new AssertionError(status);
    }

    /** The call as gRPC shows it to its client. */
    private static final class Requests extends ClientCallStreamObserver<AgentMessage> {
        private int initially = -1;
        private int asked;
        private boolean cancelled;

        @Override
        public void disableAutoRequestWithInitial(int count) {
            initially = count;
        }

        @Override
        public void request(int count) {
            asked += count;
        }

        @Override
        public void cancel(@Nullable String message, @Nullable Throwable cause) {
            cancelled = true;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setOnReadyHandler(Runnable handler) {}

        @Override
        public void setMessageCompression(boolean enable) {}

        @Override
        public void disableAutoInboundFlowControl() {}

        @Override
        public void onNext(AgentMessage message) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
    }
}
