package io.penstock.agent;

import io.penstock.tunnel.link.Loop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A loop that runs nothing by itself: tests turn it and move its clock.
 *
 * <p><em>Loop-confined</em>: the test's thread.
 */
public final class SteppedLoop implements Loop {

    private record Scheduled(Runnable task, long at) {}

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final List<Scheduled> scheduled = new ArrayList<>();
    private long now;

    /** Runs what is due, and what that asks for. */
    public void turn() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    /** Moves the clock, running what falls due on the way. */
    public void advance(long nanos) {
        turn();
        long until = now + nanos;
        while (true) {
            Scheduled next = scheduled.stream()
                    .min(Comparator.comparingLong(Scheduled::at))
                    .filter(first -> first.at <= until)
                    .orElse(null);
            if (next == null) {
                now = until;
                return;
            }
            scheduled.remove(next);
            now = Math.max(now, next.at);
            next.task.run();
            turn();
        }
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Timer schedule(Runnable task, long delayNanos) {
        Scheduled entry = new Scheduled(task, now + delayNanos);
        scheduled.add(entry);
        return () -> scheduled.remove(entry);
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public boolean isInLoop() {
        return true;
    }
}
