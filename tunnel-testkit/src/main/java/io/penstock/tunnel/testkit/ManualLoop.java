package io.penstock.tunnel.testkit;

import io.penstock.tunnel.link.Loop;
import java.util.ArrayDeque;
import java.util.PriorityQueue;

/**
 * A loop that moves by hand: nothing runs inside {@link #execute} or {@link #schedule}, and time passes only when it is told to.
 *
 * <p><em>Loop-confined</em>: the thread that made it is its loop.
 */
public final class ManualLoop implements Loop {

    /** More tasks than this without any time passing is two tasks waking each other. */
    private static final int LIVELOCK = 100_000;

    private final Thread owner = Thread.currentThread();
    private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<DueTask> timers = new PriorityQueue<>();
    private long now;
    private long sequence;

    /** A loop whose clock wraps around in its first second, as a monotonic clock may. */
    public ManualLoop() {
        this(Long.MAX_VALUE - 1_000_000_000L);
    }

    public ManualLoop(long now) {
        this.now = now;
    }

    @Override
    public void execute(Runnable task) {
        ready.add(task);
    }

    @Override
    public Timer schedule(Runnable task, long delayNanos) {
        DueTask due = new DueTask(now + Math.max(0, delayNanos), sequence++, task);
        timers.add(due);
        return () -> timers.remove(due);
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public boolean isInLoop() {
        return Thread.currentThread() == owner;
    }

    public boolean hasReady() {
        return !ready.isEmpty();
    }

    public int timerCount() {
        return timers.size();
    }

    /** Runs the oldest task that is ready; false when none is. */
    public boolean runNext() {
        Runnable task = ready.poll();
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    /** Runs tasks until none is ready. */
    public void runReady() {
        for (int ran = 0; runNext(); ran++) {
            if (ran > LIVELOCK) {
                throw new AssertionError("loop: still busy after " + LIVELOCK + " tasks (expected: a rest)");
            }
        }
    }

    /** Lets time pass, and runs what becomes due, in order, with whatever that makes ready. */
    public void advance(long nanos) {
        long until = now + nanos;
        runReady();
        for (DueTask next = timers.peek(); next != null && next.at - until <= 0; next = timers.peek()) {
            timers.remove();
            now = next.at;
            execute(next.task);
            runReady();
        }
        now = until;
    }

    /** Lets time pass and makes ready what becomes due, without running it. */
    public void tick(long nanos) {
        now += nanos;
        for (DueTask next = timers.peek(); next != null && next.at - now <= 0; next = timers.peek()) {
            timers.remove();
            execute(next.task);
        }
    }

    private record DueTask(long at, long sequence, Runnable task) implements Comparable<DueTask> {
        @Override
        public int compareTo(DueTask other) {
            // By difference: the clock wraps.
            return at == other.at ? Long.compare(sequence, other.sequence) : Long.signum(at - other.at);
        }
    }
}
