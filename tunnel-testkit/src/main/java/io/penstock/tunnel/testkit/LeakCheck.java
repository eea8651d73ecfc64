package io.penstock.tunnel.testkit;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What one test leaves behind: buffers that nobody released, threads, exceptions that nobody caught.
 *
 * <p><em>Thread-safe</em>.
 */
final class LeakCheck {

    /** How long threads may take to end, all together. */
    private static final long PATIENCE_MILLIS = 3_000;

    /** Threads of the JVM and of Netty that are made once and stay. */
    private static final List<String> LASTING = List.of(
            "globalEventExecutor",
            "ObjectCleanerThread",
            "process reaper",
            "Common-Cleaner",
            "ForkJoinPool",
            "surefire",
            "junit-");

    private final Map<Object, Throwable> buffersBefore = BufferWatch.open();
    private final Set<Thread> threadsBefore =
            new HashSet<>(Thread.getAllStackTraces().keySet());
    private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    private final @Nullable UncaughtExceptionHandler handlerBefore = Thread.getDefaultUncaughtExceptionHandler();

    private LeakCheck() {}

    static LeakCheck begin() {
        LeakCheck check = new LeakCheck();
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> check.uncaught.add(error));
        return check;
    }

    /** Fails when something was left behind. */
    void finish() throws InterruptedException {
        List<String> left = new ArrayList<>();
        List<Throwable> places = new ArrayList<>();
        threadsLeft().forEach(thread -> left.add("thread " + thread.getName()));
        Thread.setDefaultUncaughtExceptionHandler(handlerBefore);
        uncaught.forEach(error -> left.add("uncaught " + error));
        places.addAll(uncaught);
        Map<Object, Throwable> buffers = new HashMap<>(BufferWatch.open());
        buffers.keySet().removeAll(buffersBefore.keySet());
        if (!buffers.isEmpty()) {
            left.add(buffers.size() + " buffers");
            places.addAll(buffers.values());
        }
        if (!left.isEmpty()) {
            AssertionError failure = new AssertionError("left behind: " + left + " (expected: nothing)");
            places.stream().limit(3).forEach(failure::addSuppressed);
            throw failure;
        }
    }

    private List<Thread> threadsLeft() throws InterruptedException {
        List<Thread> left = new ArrayList<>();
        long patience = PATIENCE_MILLIS;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!threadsBefore.contains(thread) && LASTING.stream().noneMatch(thread.getName()::startsWith)) {
                thread.join(Math.max(1, patience));
                patience = left.isEmpty() ? patience : 1;
                if (thread.isAlive()) {
                    left.add(thread);
                }
            }
        }
        return left;
    }
}
