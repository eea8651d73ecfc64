package io.penstock.gateway.cli;

import io.penstock.gateway.cli.config.TerminationHook;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/**
 * The {@code penstock} command.
 *
 * <p><em>Startup only</em>.
 */
public final class PenstockMain {

    private PenstockMain() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Console console = new Console(
                new PrintWriter(System.out, false, StandardCharsets.UTF_8),
                new PrintWriter(System.err, false, StandardCharsets.UTF_8),
                System.getenv(),
                InstantSource.system());
        TerminationHook hook = TerminationHook.install(console.stop()::stop);
        hook.exit(PenstockCommand.commandLine(console).execute(arguments));
    }
}
