package io.penstock.gateway.cli;

import io.penstock.gateway.home.PenstockHome;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * All that a command knows of the world around it: where it prints, its environment, the time, and whether it has been told to
 * stop.
 *
 * <p><em>Thread-safe</em>.
 */
final class Console {

    private final PrintWriter out;
    private final PrintWriter err;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final Interruption stop = new Interruption();
    private final AtomicBoolean printed = new AtomicBoolean();

    /**
     * A console.
     *
     * @param out what was asked for
     * @param err everything else: progress, warnings, errors
     */
    Console(PrintWriter out, PrintWriter err, Map<String, String> environment, InstantSource clock) {
        this.out = out;
        this.err = err;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    InstantSource clock() {
        return clock;
    }

    Interruption stop() {
        return stop;
    }

    PenstockHome home() {
        return PenstockHome.of(environment);
    }

    Map<String, String> environment() {
        return environment;
    }

    String variable(String name, String otherwise) {
        String value = environment.getOrDefault(name, "");
        return value.isBlank() ? otherwise : value;
    }

    /** A line of what was asked for. */
    void print(String line) {
        printed.set(true);
        out.println(line);
        out.flush();
    }

    /** Whether anything was printed that was asked for. */
    boolean hasPrinted() {
        return printed.get();
    }

    /** Text without an end of line, for a terminal. */
    void draw(String text) {
        out.print(text);
        out.flush();
    }

    /** A line of everything else. */
    void tell(String line) {
        err.println(line);
        err.flush();
    }

    PrintWriter out() {
        return out;
    }

    PrintWriter err() {
        return err;
    }
}
