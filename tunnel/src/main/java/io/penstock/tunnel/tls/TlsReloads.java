package io.penstock.tunnel.tls;

import java.util.concurrent.atomic.LongAdder;

/**
 * How often changed files were taken, and how often they were of no use.
 *
 * <p><em>Thread-safe</em>.
 */
public final class TlsReloads {

    private final LongAdder taken = new LongAdder();
    private final LongAdder failed = new LongAdder();

    void onTaken() {
        taken.increment();
    }

    void onFailed() {
        failed.increment();
    }

    public long taken() {
        return taken.sum();
    }

    public long failed() {
        return failed.sum();
    }
}
