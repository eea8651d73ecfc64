package io.penstock.gateway.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** A console in memory, with a clock that the test sets. <em>Thread-safe</em>. */
final class Screens implements InstantSource {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T16:00:00Z"));
    private final Console console;

    Screens(Map<String, String> environment) {
        this.console = new Console(new PrintWriter(out), new PrintWriter(err), environment, this);
    }

    /** A console with the real clock, for commands that wait. */
    static Screens live(Map<String, String> environment) {
        return new Screens(environment, InstantSource.system());
    }

    private Screens(Map<String, String> environment, InstantSource clock) {
        this.console = new Console(new PrintWriter(out), new PrintWriter(err), environment, clock);
    }

    Console console() {
        return console;
    }

    /** Runs a command line as {@code main} would. */
    int run(String... arguments) {
        return PenstockCommand.commandLine(console).execute(arguments);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    @Override
    public Instant instant() {
        return java.util.Objects.requireNonNull(now.get());
    }
}
