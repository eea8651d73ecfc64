package io.penstock.gateway.cli;

import java.time.Duration;
import java.time.Instant;

/**
 * Where the status line lives: redrawn in place on a terminal; elsewhere a line of its own, only on change and not often.
 *
 * <p>Used by the main thread only.
 *
 * <p><em>Loop-confined</em> in that sense.
 */
final class LiveScreen {

    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(10);
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final Console console;
    private final Terminal terminal;
    private final boolean quiet;
    private String shown = "";
    private Instant shownAt = Instant.MIN;

    /**
     * An empty screen.
     *
     * @param quiet whether standard output is for JSON only
     */
    LiveScreen(Console console, Terminal terminal, boolean quiet) {
        this.console = console;
        this.terminal = terminal;
        this.quiet = quiet;
    }

    /** Shows the newest status line. */
    void show(String line) {
        if (quiet || line.equals(shown)) {
            return;
        }
        if (terminal.isThere()) {
            shown = line;
            console.draw(CLEAR_LINE + fit(line));
        } else if (isDue()) {
            shown = line;
            shownAt = console.clock().instant();
            console.print(line);
        }
    }

    /** Prints a line that stays. */
    void say(String line) {
        if (quiet) {
            console.tell(line);
            return;
        }
        clear();
        console.print(line);
    }

    /** Takes the status line away. */
    void clear() {
        if (terminal.isThere() && !shown.isEmpty() && !quiet) {
            console.draw(CLEAR_LINE);
            shown = "";
        }
    }

    private boolean isDue() {
        return shown.isEmpty() || !console.clock().instant().isBefore(shownAt.plus(PLAIN_INTERVAL));
    }

    private String fit(String line) {
        return line.length() < terminal.columns() ? line : line.substring(0, terminal.columns() - 1);
    }
}
