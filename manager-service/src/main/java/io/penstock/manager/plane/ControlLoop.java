package io.penstock.manager.plane;

import io.penstock.manager.refusal.Refusal;
import io.penstock.manager.refusal.RefusalCode;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The border of the control plane: its one thread, and the ways in. What waits to be run is bounded by its callers: a
 * REST request waits for its own answer, an Attach call asks for its next message when the last one was taken.
 *
 * <p><em>Thread-safe</em>.
 */
public final class ControlLoop {
    private static final Logger log = LoggerFactory.getLogger(ControlLoop.class);

    private final ScheduledExecutorService thread;
    private final Duration deadline;

    /** Runs on an executor with exactly one thread, which the caller shuts down. */
    public ControlLoop(ScheduledExecutorService thread, Duration deadline) {
        this.thread = thread;
        this.deadline = deadline;
    }

    /** Runs the work on the loop and returns its answer; refuses as BUSY when that takes longer than the deadline. */
    public <T> T call(Supplier<T> work) {
        Future<T> answer = submit(work);
        try {
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Refusal refusal
                    ? refusal
                    : new IllegalStateException("control loop: work failed", failed.getCause());
        } catch (TimeoutException late) {
            answer.cancel(false);
            throw busy("no answer within " + deadline.toMillis() + " ms");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw busy("interrupted");
        }
    }

    /** Runs the work on the loop, later; drops it when the manager is stopping. */
    public void execute(Runnable work) {
        try {
            thread.execute(() -> guarded(work));
        } catch (RejectedExecutionException stopping) {
            log.debug("control loop: stopping, work dropped");
        }
    }

    /** Runs the work on the loop again and again. */
    public void every(Duration period, Runnable work) {
        thread.scheduleWithFixedDelay(() -> guarded(work), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs the work on the loop once the delay is over. */
    public void later(Duration delay, Runnable work) {
        try {
            thread.schedule(() -> guarded(work), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            log.debug("control loop: stopping, work dropped");
        }
    }

    private <T> Future<T> submit(Supplier<T> work) {
        try {
            return thread.submit(work::get);
        } catch (RejectedExecutionException stopping) {
            throw busy("stopping");
        }
    }

    /** One piece of work that fails must not end the loop, nor the ticking. */
    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            log.error("control loop: work failed", failed);
        }
    }

    private static Refusal busy(String why) {
        return new Refusal(RefusalCode.BUSY, Refusal.sentence("control loop", why, "an answer; try again"));
    }
}
