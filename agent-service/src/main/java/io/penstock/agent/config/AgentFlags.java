package io.penstock.agent.config;

import io.penstock.agent.capture.Capture;
import io.penstock.agent.control.AgentPresence.Workload;
import io.penstock.agent.control.ManagerAddress;
import io.penstock.agent.control.TokenFile;
import io.penstock.tunnel.address.HostPort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The agent's command line, filled by picocli.
 *
 * <p><em>Startup only</em>.
 */
@Command(
        name = "penstock-agent",
        mixinStandardHelpOptions = true,
        versionProvider = AgentVersion.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Stands in front of an app: captures its port, passes traffic through, and diverts it while an"
                + " intercept is active.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:stopped after it had drained",
            "1:a port is taken, or a file cannot be read",
            "2:a flag is missing or malformed",
            "130:stopped by a second signal, without draining"
        })
public final class AgentFlags {

    @Option(
            names = "--capture",
            required = true,
            paramLabel = "[host:]port=host:port",
            description = "A port to listen on, by default of every address, and the app behind it. Repeatable."
                    + " Port 0 takes a free one.")
    private final List<String> captures = new ArrayList<>();

    @Option(
            names = "--workload",
            required = true,
            paramLabel = "namespace/name",
            description = "What the app is part of.")
    private String workload = "";

    @Option(names = "--manager", required = true, paramLabel = "host:port", description = "The manager's gRPC port.")
    private String manager = "";

    @Option(
            names = "--token-file",
            required = true,
            paramLabel = "file",
            description = "Holds the bearer token for the manager; read again for each call.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--admin-port",
            paramLabel = "port",
            description = "Health and metrics. Default: ${DEFAULT-VALUE}; 0 takes a free port.")
    private int adminPort = 8081;

    @Option(
            names = "--log-level",
            paramLabel = "level",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private LogLevel logLevel = LogLevel.INFO;

    @Mixin
    private final LinkFlags links = new LinkFlags();

    @Mixin
    private final TlsFlags tls = new TlsFlags();

    @Mixin
    private final ResourceFlags resources = new ResourceFlags();

    /**
     * Returns the settings that the flags ask for.
     *
     * @throws IllegalArgumentException with one sentence that names the flag
     */
    public AgentSettings settings() {
        List<Capture> parsed = captures.stream()
                .map(text -> Flag.parse("--capture", text, Capture::parse))
                .toList();
        HostPort address = Flag.parse("--manager", manager, HostPort::parseNamed);
        if (tokenFile == null) {
            throw new IllegalArgumentException("--token-file: missing (expected: a file)");
        }
        return new AgentSettings(
                parsed,
                Flag.parse("--workload", workload, Workload::parse),
                new ManagerAddress(address, new TokenFile(tokenFile)),
                adminPort,
                links.links(tls.tls()),
                resources.resources());
    }

    public LogLevel logLevel() {
        return logLevel;
    }

    /** How much is logged. <em>Immutable</em>. */
    public enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }
}
