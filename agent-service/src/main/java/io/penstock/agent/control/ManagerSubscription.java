package io.penstock.agent.control;

import io.grpc.Status;
import io.penstock.api.control.v1.Snapshot;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.link.Loop;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's one call to its manager, made again whenever it ends: snapshots go to the reconciler, reports go back. The end of a
 * call changes nothing else: links and diverting go on by the last good snapshot.
 *
 * <p><em>Loop-confined</em>: the control loop, but for {@link #start} and {@link #stop}.
 */
@LoopConfined
public final class ManagerSubscription implements AttachCall.Owner {

    private static final Logger log = LoggerFactory.getLogger(ManagerSubscription.class);
    private static final Backoff SOON = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

    /** After a refusal that only people can mend. */
    private static final Backoff LATER = new Backoff(Duration.ofSeconds(5), Duration.ofSeconds(30));

    private final Loop control;
    private final ControlReadings readings;
    private final ManagerCalls calls;
    private final AgentReconciler reconciler;
    private final ReportBeat beat;
    private final Restoration restoration;
    private final Random random = new Random();
    private @Nullable AttachCall call;
    private int failures;
    private boolean stopped;

    /** @param restoration told how far the manager's rules have come */
    public ManagerSubscription(ControlTerms terms, ManagerCalls calls, Restoration restoration) {
        this.control = terms.control();
        this.readings = terms.readings();
        this.calls = calls;
        this.beat = new ReportBeat(terms);
        this.restoration = restoration;
        this.reconciler = new AgentReconciler(terms, this::onChange);
    }

    private void onChange() {
        beat.soon();
        restoration.look(reconciler.progress());
    }

    /** Arrives at the manager, from whatever thread. */
    public void start() {
        control.execute(this::attach);
    }

    /** Sends new connections to the original app, drains the links and departs, from whatever thread. */
    public void stop() {
        control.execute(() -> {
            stopped = true;
            restoration.stop();
            reconciler.leave();
            beat.stop();
            if (call != null) {
                call.end();
            }
            calls.close();
        });
    }

    public AgentReconciler reconciler() {
        return reconciler;
    }

    private void attach() {
        if (stopped) {
            return;
        }
        try {
            call = calls.begin(control, this);
        } catch (IOException e) {
            log.error("--token-file {}; trying again", e.getMessage());
            retry(LATER);
        }
    }

    @Override
    public void onSnapshot(AttachCall from, Snapshot snapshot) {
        if (from != call) {
            return;
        }
        if (failures > 0 || !readings.isAttached()) {
            log.info("manager {}: attached", calls.manager().address());
        }
        failures = 0;
        readings.attached(true);
        try {
            apply(SnapshotMapper.map(snapshot), from);
        } catch (IllegalArgumentException e) {
            log.error("manager {}: snapshot ignored: {}", calls.manager().address(), e.getMessage());
        }
    }

    private void apply(AgentSnapshot snapshot, AttachCall from) {
        if (reconciler.apply(snapshot)) {
            readings.applied(snapshot.version().revision());
            beat.on(reconciler, from);
        } else {
            readings.ignored();
        }
    }

    @Override
    public void onEnd(AttachCall from, Status status) {
        if (from != call || stopped) {
            return;
        }
        call = null;
        beat.stop();
        readings.lost();
        boolean refused = isRefusal(status);
        if (failures == 0 || refused) {
            tell(status, refused);
        }
        readings.attached(false);
        retry(refused ? LATER : SOON);
    }

    private void tell(Status status, boolean refused) {
        String manager = calls.manager().address().toString();
        if (status.getCode() == Status.Code.UNAUTHENTICATED) {
            log.error(
                    "manager {} refused the token of --token-file {} (expected: the token of that manager); trying again slowly",
                    manager,
                    calls.manager().token().path());
        } else if (refused) {
            log.error("manager {} refused this agent: {}; trying again slowly", manager, status.getDescription());
        } else {
            log.warn(
                    "manager {} is away ({}: {}); {}, trying again",
                    manager,
                    status.getCode(),
                    causeOf(status),
                    reconciler.version().isPresent() ? "its last snapshot stays in force" : "traffic passes through");
        }
    }

    private static String causeOf(Status status) {
        Throwable cause = status.getCause();
        return cause != null && cause.getMessage() != null
                ? cause.getMessage()
                : String.valueOf(status.getDescription());
    }

    private static boolean isRefusal(Status status) {
        return switch (status.getCode()) {
            case UNAUTHENTICATED, PERMISSION_DENIED, INVALID_ARGUMENT, UNIMPLEMENTED -> true;
            default -> false;
        };
    }

    private void retry(Backoff backoff) {
        failures++;
        control.schedule(this::attach, backoff.before(failures, random).toNanos());
    }
}
