package io.penstock.system.stage;

import io.penstock.bench.load.TinyWebApp;
import java.time.Duration;

/**
 * One request on a connection of its own, and what came of it. Immutable.
 *
 * @param path what it asked for; no two calls ask for the same
 * @param begunNanos when it began to connect
 * @param took from then to the answer, the reset or the end of patience
 * @param answer who answered, {@link #RESET} or {@link #HANGING}
 */
public record Call(String path, long begunNanos, Duration took, String answer) {
    public static final String RESET = "(reset)";
    public static final String HANGING = "(no answer)";

    /** Returns the name of the app that gave an answer, of which its first bytes are enough. */
    static String nameIn(String answer) {
        String header = TinyWebApp.NAME_HEADER.toLowerCase(java.util.Locale.ROOT) + ": ";
        return answer.lines()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(header))
                .map(line -> line.substring(header.length()).trim())
                .findFirst()
                .orElse("'" + answer + "'");
    }
}
