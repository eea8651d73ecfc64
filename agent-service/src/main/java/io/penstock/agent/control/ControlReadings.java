package io.penstock.agent.control;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How the control plane goes, for health and metrics.
 *
 * <p><em>Thread-safe</em>.
 */
public final class ControlReadings {

    private final AtomicBoolean attached = new AtomicBoolean();
    private final AtomicLong revision = new AtomicLong();
    private final AtomicLong snapshots = new AtomicLong();
    private final AtomicLong staleSnapshots = new AtomicLong();
    private final AtomicLong losses = new AtomicLong();

    void attached(boolean now) {
        attached.set(now);
    }

    void applied(long newRevision) {
        revision.set(newRevision);
        snapshots.incrementAndGet();
    }

    void ignored() {
        staleSnapshots.incrementAndGet();
    }

    void lost() {
        losses.incrementAndGet();
    }

    /** Whether a manager has answered the call that runs now. */
    public boolean isAttached() {
        return attached.get();
    }

    /** The revision of the snapshot that is in force, 0 before the first. */
    public long revision() {
        return revision.get();
    }

    public long snapshotsApplied() {
        return snapshots.get();
    }

    /** Snapshots that were older than the one in force. */
    public long snapshotsIgnored() {
        return staleSnapshots.get();
    }

    /** Calls to the manager that ended or failed. */
    public long attachFailures() {
        return losses.get();
    }
}
