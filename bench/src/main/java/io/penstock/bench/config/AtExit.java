package io.penstock.bench.config;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/** What this JVM does when it ends, also by a signal: the last registered first. Thread-safe. */
public final class AtExit {
    private static final Deque<Runnable> TASKS = new ConcurrentLinkedDeque<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(AtExit::runAll, "at-exit"));
    }

    private AtExit() {}

    public static void run(Runnable task) {
        TASKS.push(task);
    }

    private static void runAll() {
        TASKS.forEach(Runnable::run);
    }
}
