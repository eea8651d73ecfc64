package io.penstock.gateway.cli;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * The terminal on standard output, if there is one.
 *
 * @param columns its width; 0 when there is no terminal
 *     <p><em>Immutable</em>.
 */
record Terminal(int columns) {

    static final Terminal NONE = new Terminal(0);

    /** Whether standard output is a terminal, as the launcher found out. */
    static final String PROPERTY = "penstock.terminal";

    private static final int USUAL_COLUMNS = 80;
    private static final long ANSWER_MILLIS = 500;

    boolean isThere() {
        return columns > 0;
    }

    /** Takes the launcher's word, or asks the system, which costs a few milliseconds. */
    static Terminal find() {
        try {
            String told = System.getProperty(PROPERTY, "");
            if (!told.isEmpty()) {
                return told.equals("true") ? new Terminal(measure()) : NONE;
            }
            Process test = new ProcessBuilder("/bin/sh", "-c", "test -t 1")
                    .redirectOutput(Redirect.INHERIT)
                    .start();
            boolean there = test.waitFor(ANSWER_MILLIS, TimeUnit.MILLISECONDS) && test.exitValue() == 0;
            return there ? new Terminal(measure()) : NONE;
        } catch (IOException e) {
            return NONE; // No shell: plain lines are right everywhere.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NONE;
        }
    }

    private static int measure() throws IOException, InterruptedException {
        Process stty = new ProcessBuilder("stty", "size")
                .redirectInput(Redirect.from(new File("/dev/tty")))
                .redirectError(Redirect.DISCARD)
                .start();
        String answer = stty.waitFor(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
                ? new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip()
                : "";
        // "rows columns"; a terminal that does not know its width says 0.
        int columns = answer.matches("[0-9]+ [0-9]{1,5}") ? Integer.parseInt(answer.split(" ")[1]) : 0;
        return columns == 0 ? USUAL_COLUMNS : columns;
    }
}
