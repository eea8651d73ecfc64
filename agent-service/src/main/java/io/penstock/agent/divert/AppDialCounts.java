package io.penstock.agent.divert;

import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.relay.DialEvents;
import java.util.concurrent.atomic.LongAdder;

/**
 * How the dials of the original app went, over all loops.
 *
 * <p><em>Thread-safe</em>.
 */
public final class AppDialCounts implements DialEvents {

    private final LongAdder connected = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder queued = new LongAdder();
    private final LongAdder failed = new LongAdder();

    @Override
    public void connected(long took) {
        connected.increment();
        nanos.add(took);
    }

    @Override
    public void failed(ResetCode code) {
        failed.increment();
    }

    @Override
    public void queued(int change) {
        queued.add(change);
    }

    public long dialled() {
        return connected.sum();
    }

    /** Nanoseconds that all successful dials took. */
    public long dialNanos() {
        return nanos.sum();
    }

    /** Dials that wait for their turn now. */
    public long waiting() {
        return queued.sum();
    }

    public long unreachable() {
        return failed.sum();
    }
}
