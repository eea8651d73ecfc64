package io.penstock.gateway.cli.config;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Lets the main thread finish after Ctrl-C or TERM, and makes its exit status the process's.
 *
 * <p><em>Thread-safe</em>.
 */
public final class TerminationHook {

    /** By convention: 128 and the number of the signal that Ctrl-C sends. */
    private static final int INTERRUPTED = 130;

    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicInteger status = new AtomicInteger(INTERRUPTED);
    private final Supplier<Duration> stop;

    private TerminationHook(Supplier<Duration> stop) {
        this.stop = stop;
    }

    /**
     * Installs the hook.
     *
     * @param stop tells the main thread, and returns how long it may take
     */
    public static TerminationHook install(Supplier<Duration> stop) {
        TerminationHook hook = new TerminationHook(stop);
        Runtime.getRuntime().addShutdownHook(new Thread(hook::run, "penstock-farewell"));
        return hook;
    }

    /** The main thread has finished; ends the process. */
    public void exit(int with) {
        status.set(with);
        done.countDown();
        System.exit(with);
    }

    private void run() {
        Duration farewell = stop.get();
        try {
            done.await(farewell.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(status.get());
    }
}
