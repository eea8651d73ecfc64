package io.penstock.manager.api.grpc;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.penstock.api.control.v1.Snapshot;
import io.penstock.manager.plane.ControlLoop;
import io.penstock.manager.refusal.Refusal;
import io.penstock.manager.report.Report;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inbound half of an Attach call: brings each message to the control loop and asks for the next one when it was taken,
 * so a peer can have one message waiting and no more. Holds peers to the order: hello first and once, then reports.
 *
 * <p><em>Thread-safe</em>.
 */
final class AttachCall<M> implements StreamObserver<M> {
    private static final Logger log = LoggerFactory.getLogger(AttachCall.class);
    private static final Duration HELLO_DEADLINE = Duration.ofSeconds(10);

    /** What a message holds. <em>Immutable</em>. */
    enum Kind {
        HELLO,
        REPORT,
        NOTHING
    }

    /** Where one side's peers come in. <em>Loop-confined</em>. */
    interface Door<M> {
        Kind kindOf(M message);

        /** Seats whoever says this hello, or refuses it. */
        Guest admit(M hello);

        Report reportOf(M message);
    }

    /** A peer that has said hello. <em>Loop-confined</em>. */
    interface Guest {
        void reported(Report report);

        /** The call is over, whoever ended it; comes once at least. */
        void gone();
    }

    private final ControlLoop loop;
    private final ServerCallStreamObserver<Snapshot> call;
    private final SnapshotStream snapshots;
    private final Door<M> door;
    // Touched on the loop only; null until hello.
    private @Nullable Guest guest;

    private AttachCall(
            ControlLoop loop, ServerCallStreamObserver<Snapshot> call, SnapshotStream snapshots, Door<M> door) {
        this.loop = loop;
        this.call = call;
        this.snapshots = snapshots;
        this.door = door;
    }

    /** Takes over a call that has just begun; must be called before the service method returns. */
    static <M> AttachCall<M> begin(
            ControlLoop loop, ServerCallStreamObserver<Snapshot> call, SnapshotStream snapshots, Door<M> door) {
        var attach = new AttachCall<>(loop, call, snapshots, door);
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
            hear(message);
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

    private void hear(M message) {
        switch (door.kindOf(message)) {
            case HELLO -> {
                if (guest != null) {
                    throw Refusal.invalid("message", "hello", "a report after the first message");
                }
                guest = door.admit(message);
            }
            case REPORT -> {
                if (guest == null) {
                    throw Refusal.invalid("message", "report", "hello as the first message");
                }
                guest.reported(door.reportOf(message));
            }
            case NOTHING -> throw Refusal.invalid("message", null, "hello or report");
        }
    }

    private void over() {
        snapshots.fail(Status.CANCELLED);
        if (guest != null) {
            guest.gone();
        }
    }

    private void expectHello() {
        if (guest == null && !snapshots.hasEnded()) {
            snapshots.fail(Status.INVALID_ARGUMENT.withDescription(
                    Refusal.sentence("hello", null, "the first message within " + HELLO_DEADLINE.toSeconds() + " s")));
            over();
        }
    }
}
