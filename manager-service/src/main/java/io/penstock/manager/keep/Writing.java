package io.penstock.manager.keep;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * How things are written: together, one after the other, and not on the thread that asks.
 */
public interface Writing {

    /** Writes at once, for stores that wait for nobody. */
    Writing AT_ONCE = work -> CompletableFuture.runAsync(work, Runnable::run);

    /** Does all that the work writes or none of it, after all that was submitted before; the future says how it ended. */
    Future<?> submit(Runnable work);
}
