package io.penstock.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code bench.jar} command: what {@code ./penstock demo} and {@code ./penstock bench} run. Startup only. */
@Command(
        name = "penstock",
        description = "Shows and measures Penstock on this machine.",
        subcommands = {
            DemoCommand.class,
            BenchCommand.class,
            AppCommand.class,
            StormCommand.class,
            ArchiveCommand.class,
            CommandLine.HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
public final class BenchMain {
    private BenchMain() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new BenchMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(BenchMain::explain)
                .setParameterExceptionHandler(BenchMain::refuse);
    }

    private static int refuse(CommandLine.ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(wrong.getMessage() + " (see ./" + name + " --help)");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Says in one sentence what went wrong; a stack trace is for bugs only. */
    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        command.getErr().println(command.getColorScheme().errorText(String.valueOf(failure.getMessage())));
        if (!(failure instanceof IOException || failure instanceof UncheckedIOException)) {
            failure.printStackTrace(command.getErr());
        }
        return 1;
    }
}
