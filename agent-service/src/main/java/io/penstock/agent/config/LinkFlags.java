package io.penstock.agent.config;

import io.penstock.agent.capture.HostPort;
import io.penstock.agent.config.AgentSettings.DirectRoute;
import io.penstock.agent.config.AgentSettings.Links;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * The flags about links, filled by picocli.
 *
 * <p><em>Startup only</em>.
 */
final class LinkFlags {

    @Option(
            names = "--link-listen",
            paramLabel = "host:port",
            description = "Lets gateways dial this agent directly, without the manager's relay. Default: not.")
    private String listen = "";

    @Option(
            names = "--link-advertise",
            paramLabel = "host:port",
            description = "What gateways dial, when it is not what --link-listen says.")
    private String advertise = "";

    @Option(
            names = "--link-wait",
            paramLabel = "time",
            description = "How long a new connection waits for a lost link before the app gets it."
                    + " Default: ${DEFAULT-VALUE}.")
    private String wait = "1s";

    @Option(
            names = "--drain-grace",
            paramLabel = "time",
            description = "How long running connections may take to finish when the agent stops. Default:"
                    + " ${DEFAULT-VALUE}.")
    private String drainGrace = "30s";

    Links links() {
        if (listen.isEmpty() && !advertise.isEmpty()) {
            throw new IllegalArgumentException(
                    "--link-advertise: '" + advertise + "' (expected: together with --link-listen)");
        }
        return new Links(
                address("--link-listen", listen).map(at -> new DirectRoute(at, address("--link-advertise", advertise))),
                Flag.parse("--link-wait", wait, Span::parse).duration(),
                Flag.parse("--drain-grace", drainGrace, Span::parse).duration());
    }

    private static Optional<HostPort> address(String name, String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(Flag.parse(name, text, HostPort::parse));
    }
}
