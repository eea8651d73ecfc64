package io.penstock.gateway.forward;

import java.util.concurrent.atomic.LongAdder;

/**
 * For how long limits have held bytes back, over all streams.
 *
 * <p><em>Thread-safe</em>.
 */
public final class ThrottledTime {

    private final LongAdder nanos = new LongAdder();

    void add(long more) {
        nanos.add(more);
    }

    public double seconds() {
        return nanos.sum() / 1e9;
    }
}
