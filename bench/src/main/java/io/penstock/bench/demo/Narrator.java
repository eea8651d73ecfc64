package io.penstock.bench.demo;

import io.penstock.bench.config.Stopwatch;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** What the demo says while it runs: lines with the seconds since its start, one of them moving on a terminal. Startup only. */
final class Narrator {
    private final PrintWriter out;
    private final boolean terminal;
    private final Stopwatch watch = Stopwatch.started();

    Narrator(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void say(String line) {
        clear();
        out.printf(Locale.ROOT, "[%5.1f s] %s%n", watch.seconds(), line);
        out.flush();
    }

    /** Says how far something is, on a terminal only; the next line takes its place. */
    void hint(String line) {
        if (terminal) {
            clear();
            out.printf(Locale.ROOT, "[%5.1f s] %s", watch.seconds(), line);
            out.flush();
        }
    }

    /** Prints lines without the time. */
    void print(String text) {
        clear();
        out.print(text);
        out.flush();
    }

    Duration elapsed() {
        return watch.elapsed();
    }

    private void clear() {
        if (terminal) {
            out.print("\r\u001b[K");
        }
    }
}
