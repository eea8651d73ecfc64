package io.penstock.gateway.cli;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether the command has been told to stop, by Ctrl-C or TERM; and the one way in which it waits.
 *
 * <p><em>Thread-safe</em>.
 */
final class Interruption {

    private final CountDownLatch told = new CountDownLatch(1);
    private final AtomicReference<Duration> farewell = new AtomicReference<>(Duration.ZERO);

    /** Ends every wait, now and later; returns how long the command may take to end by itself. */
    Duration stop() {
        told.countDown();
        return requireNonNull(farewell.get());
    }

    /** From now on the command has something to put back when it is told to stop, which takes at most that long. */
    void heed(Duration most) {
        farewell.set(most);
    }

    boolean isStopped() {
        return told.getCount() == 0;
    }

    /** Waits that long or until the command is told to stop; returns whether it was. */
    boolean await(Duration most) {
        try {
            return told.await(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
