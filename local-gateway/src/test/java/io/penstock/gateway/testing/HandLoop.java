package io.penstock.gateway.testing;

import io.penstock.tunnel.link.Loop;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * A control loop that a test turns by hand: nothing runs inside {@code execute} or {@code schedule}.
 *
 * <p><em>Loop-confined</em> to the test's thread.
 */
public final class HandLoop implements Loop {

    private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Due> timers =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::sequence));
    private long now;
    private long sequence;

    private record Due(long at, long sequence, Runnable task) {}

    @Override
    public void execute(Runnable task) {
        ready.add(task);
    }

    @Override
    public Timer schedule(Runnable task, long delayNanos) {
        Due due = new Due(now + Math.max(0, delayNanos), sequence++, task);
        timers.add(due);
        return () -> timers.remove(due);
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public boolean isInLoop() {
        return true;
    }

    /** Runs what is ready, and what that makes ready. */
    public void turn() {
        for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
            task.run();
        }
    }

    /** Lets that much time pass. */
    public void pass(long nanos) {
        long until = now + nanos;
        turn();
        while (!timers.isEmpty() && timers.element().at() <= until) {
            Due due = timers.remove();
            now = due.at();
            ready.add(due.task());
            turn();
        }
        now = until;
    }

    public int waiting() {
        return timers.size();
    }
}
