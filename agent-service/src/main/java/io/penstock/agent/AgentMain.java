package io.penstock.agent;

import io.penstock.agent.config.AgentFlags;
import io.penstock.agent.config.AgentSettings;
import io.penstock.agent.config.AgentWiring;
import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.process.StopSignals;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The process: flags in, exit code out.
 *
 * <p><em>Startup only</em>.
 */
public final class AgentMain {

    private static final int CANNOT_START = 1;

    private AgentMain() {}

    public static void main(String[] arguments) {
        AgentFlags flags = new AgentFlags();
        CommandLine command = commandLine(flags);
        AgentSettings settings = settings(command, flags, arguments);
        System.setProperty("penstock.log.level", flags.logLevel().name());
        // Or Netty loads the flight recorder, for events of its allocator that nobody records here.
        System.getProperties().putIfAbsent("io.netty.jfr.enabled", "false");
        System.exit(run(settings, command.getErr()));
    }

    private static CommandLine commandLine(AgentFlags flags) {
        return new CommandLine(flags).setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** The settings; ends the process when the flags ask for help or are no good. */
    private static AgentSettings settings(CommandLine command, AgentFlags flags, String[] arguments) {
        try {
            command.parseArgs(arguments);
            Integer helped = CommandLine.executeHelpRequest(command.getParseResult());
            if (helped != null) {
                System.exit(helped);
            }
            return flags.settings();
        } catch (ParameterException | IllegalArgumentException e) {
            tell(command.getErr(), String.valueOf(e.getMessage()));
            System.exit(CommandLine.ExitCode.USAGE);
            throw new AssertionError("unreachable", e);
        }
    }

    private static int run(AgentSettings settings, PrintWriter err) {
        CompletableFuture<Boolean> stop = new CompletableFuture<>();
        try {
            settings.manager().token().read();
        } catch (IOException e) {
            return tell(err, "--token-file " + e.getMessage());
        }
        try (AgentWiring agent = AgentWiring.start(settings)) {
            StopSignals.install(() -> stop.complete(true));
            stop.join();
            agent.drain().join();
            return 0;
        } catch (TunnelException e) {
            return tell(err, String.valueOf(e.getMessage()));
        }
    }

    private static int tell(PrintWriter err, String sentence) {
        err.println("penstock-agent: " + sentence);
        err.flush();
        return CANNOT_START;
    }
}
