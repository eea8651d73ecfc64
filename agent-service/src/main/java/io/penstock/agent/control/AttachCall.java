package io.penstock.agent.control;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.penstock.api.control.v1.AgentHello;
import io.penstock.api.control.v1.AgentMessage;
import io.penstock.api.control.v1.Report;
import io.penstock.api.control.v1.Snapshot;
import io.penstock.tunnel.link.Loop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call to a manager, from hello to its end. What gRPC calls back hops to the control loop, on whichever thread it came. One snapshot
 * is on its way there at a time: the next is asked for when it was taken.
 *
 * <p><em>Loop-confined</em>: the control loop.
 */
final class AttachCall implements ClientResponseObserver<AgentMessage, Snapshot> {

    private static final Logger log = LoggerFactory.getLogger(AttachCall.class);

    /** Who made the call. Loop-confined. */
    interface Owner {
        void onSnapshot(AttachCall call, Snapshot snapshot);

        /** The last word of the call. */
        void onEnd(AttachCall call, Status status);
    }

    private final Loop control;
    private final Owner owner;
    private @Nullable ClientCallStreamObserver<AgentMessage> requests;

    AttachCall(Loop control, Owner owner) {
        this.control = control;
        this.owner = owner;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<AgentMessage> toManager) {
        toManager.disableAutoRequestWithInitial(1);
        requests = toManager;
    }

    void hello(AgentHello hello) {
        send(AgentMessage.newBuilder().setHello(hello).build());
    }

    /** Sends the report, or drops it when the manager does not keep up: the next one says the same and more. */
    void report(Report report) {
        if (requests != null && requests.isReady()) {
            send(AgentMessage.newBuilder().setReport(report).build());
        }
    }

    private void send(AgentMessage message) {
        if (requests != null) {
            requests.onNext(message);
        }
    }

    /** Departs. */
    void end() {
        if (requests != null) {
            requests.onCompleted();
        }
    }

    /** Gives the call up; {@link Owner#onEnd} follows. */
    void cancel(String why) {
        if (requests != null) {
            requests.cancel(why, null);
        }
    }

    @Override
    public void onNext(Snapshot snapshot) {
        control.execute(() -> take(snapshot));
    }

    /** One that cannot be taken ends the call: the next call brings it again, where a call that asks for no more would be silent. */
    private void take(Snapshot snapshot) {
        try {
            owner.onSnapshot(this, snapshot);
        } catch (RuntimeException failed) {
            log.error("a snapshot could not be taken; attaching anew", failed);
            cancel("the snapshot could not be taken");
            return;
        }
        if (requests != null) {
            requests.request(1);
        }
    }

    @Override
    public void onError(Throwable failure) {
        control.execute(() -> owner.onEnd(this, Status.fromThrowable(failure)));
    }

    @Override
    public void onCompleted() {
        control.execute(() -> owner.onEnd(this, Status.UNAVAILABLE.withDescription("the manager ended the call")));
    }
}
