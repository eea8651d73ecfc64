package io.penstock.gateway.cli;

import io.penstock.gateway.home.GatewayVersion;
import io.penstock.gateway.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * {@code penstock}: the commands together, and how each failure is told.
 *
 * <p><em>Thread-safe</em>.
 */
@Command(
        name = "penstock",
        mixinStandardHelpOptions = true,
        header = "Run one service of a Kubernetes application on this machine and receive its real cluster traffic.",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "",
            "A gateway service on this machine does the work: the first intercept starts it, and it stays for the next command. "
                    + "Its state is in $PENSTOCK_HOME (default ~/.penstock).",
            ""
        },
        footer = {
            "",
            "Environment:",
            "  PENSTOCK_HOME                 directory of the state of gateway service and manager (~/.penstock)",
            "  PENSTOCK_MANAGER              the manager's REST address (http://127.0.0.1:8080)",
            "  PENSTOCK_TOKEN_FILE           file with the manager's token ($PENSTOCK_HOME/manager/token)",
            "  PENSTOCK_GATEWAY_LISTEN_PORT  port of the gateway service (4848; 0 takes any)",
            "",
            "Example:",
            "  penstock intercept shop/checkout --port 8080 --to 127.0.0.1:3000",
        })
final class PenstockCommand implements Runnable {

    private static final String COMMANDS = "intercept, list, leave, status, stop, version or help";

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    private PenstockCommand() {}

    /** The whole command line, ready to run. */
    static CommandLine commandLine(Console console) {
        CommandLine line = new CommandLine(new PenstockCommand())
                .addSubcommand(new InterceptCommand(console))
                .addSubcommand(new ListCommand(console))
                .addSubcommand(new LeaveCommand(console))
                .addSubcommand(new StatusCommand(console))
                .addSubcommand(new StopCommand(console))
                .addSubcommand(new VersionCommand(console))
                .addSubcommand(new HelpCommand())
                .setOut(console.out())
                .setErr(console.err())
                .setParameterExceptionHandler((failure, arguments) -> tellUsage(console, failure))
                .setExecutionExceptionHandler((failure, of, parsed) -> tell(console, failure, parsed));
        describe(line);
        line.getSubcommands().values().forEach(PenstockCommand::describe);
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "COMMAND: missing (expected: " + COMMANDS + ")");
    }

    private static void describe(CommandLine line) {
        Map<String, String> codes = new LinkedHashMap<>();
        List.of(ExitCode.values()).forEach(code -> codes.put(" " + code.status(), code.meaning()));
        line.getCommandSpec()
                .versionProvider(new Version())
                .usageMessage()
                .width(100)
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(codes);
    }

    private static int tellUsage(Console console, ParameterException failure) {
        console.tell("penstock: " + sentence(failure));
        console.tell("Try: " + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE.status();
    }

    private static String sentence(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched
                && failure.getCommandLine().getParent() == null
                && !unmatched.getUnmatched().get(0).startsWith("-")) {
            return "COMMAND: " + unmatched.getUnmatched().get(0) + " (expected: " + COMMANDS + ")";
        }
        return String.valueOf(failure.getMessage()).replaceFirst("^Error: ", "");
    }

    private static int tell(Console console, Exception failure, ParseResult parsed) {
        CommandFailure told = failure instanceof CommandFailure known
                ? known
                : new CommandFailure(ExitCode.FAILURE, "a defect (expected: none): " + failure);
        console.tell("penstock: " + told.sentence());
        if (parsed.originalArgs().contains("--json") && !console.hasPrinted()) {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("code", told.code().name());
            error.put("status", told.code().status());
            error.put("type", told.type());
            error.put("detail", told.sentence());
            console.print(Json.write(Map.of("error", error)));
        }
        return told.code().status();
    }

    /** The version for {@code --version}. *Immutable*. */
    private static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"penstock " + GatewayVersion.text()};
        }
    }
}
