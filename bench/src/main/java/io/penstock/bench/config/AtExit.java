package io.penstock.bench.config;

/** What this JVM does when it ends, also by a signal. Startup only. */
public final class AtExit {
    private AtExit() {}

    public static void run(String name, Runnable task) {
        Runtime.getRuntime().addShutdownHook(new Thread(task, name));
    }
}
