package io.penstock.tunnel.link;

/**
 * The event loop that owns a link and all of its streams, and the only clock they have.
 *
 * <p><em>Thread-safe</em>.
 */
public interface Loop {

    /** Runs the task on the loop, later: never inside this call. */
    void execute(Runnable task);

    /** Runs the task on the loop after at least that many nanoseconds. */
    Timer schedule(Runnable task, long delayNanos);

    /** A monotonic clock in nanoseconds, meaningful only as a difference. */
    long nanoTime();

    boolean isInLoop();

    /** Guards every entry of a loop-confined type. */
    default void assertInLoop() {
        if (!isInLoop()) {
            throw new IllegalStateException("called on thread "
                    + Thread.currentThread().getName() + " (expected: the loop that owns this object)");
        }
    }

    /** A task that has been scheduled. *Thread-safe*. */
    interface Timer {
        /** Keeps the task from running, if it has not begun. */
        void cancel();
    }
}
