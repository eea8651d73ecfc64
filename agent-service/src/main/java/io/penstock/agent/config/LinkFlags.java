package io.penstock.agent.config;

import io.penstock.agent.config.AgentSettings.DirectRoute;
import io.penstock.agent.config.AgentSettings.Links;
import io.penstock.agent.config.AgentSettings.Tls;
import io.penstock.agent.config.AgentSettings.Waits;
import io.penstock.tunnel.address.HostPort;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/**
 * The flags about links, filled by picocli.
 *
 * <p><em>Startup only</em>.
 */
final class LinkFlags {

    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::");

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
            names = "--ready-wait",
            paramLabel = "time",
            description =
                    "How long the agent may be not ready after its start, until the manager's rules and their links are"
                            + " there; at most 1m. Default: ${DEFAULT-VALUE}.")
    private String readyWait = "5s";

    @Option(
            names = "--link-wait",
            paramLabel = "time",
            description = "How long a new connection waits for a lost link before the app gets it."
                    + " Default: ${DEFAULT-VALUE}.")
    private String wait = "1s";

    @Option(
            names = "--resume-grace",
            paramLabel = "time",
            description =
                    "How long a link may be without a carrier before it ends and its connections are reset, 1s to 10m;"
                            + " gateways have their own. Default: ${DEFAULT-VALUE}.")
    private String resumeGrace = "30s";

    @Option(
            names = "--drain-grace",
            paramLabel = "time",
            description = "How long running connections may take to finish when the agent stops. Default:"
                    + " ${DEFAULT-VALUE}.")
    private String drainGrace = "30s";

    Links links(Tls tls) {
        if (listen.isEmpty() && !advertise.isEmpty()) {
            throw new IllegalArgumentException(
                    "--link-advertise: '" + advertise + "' (expected: together with --link-listen)");
        }
        return new Links(listen.isEmpty() ? Optional.empty() : Optional.of(directRoute()), waits(), tls);
    }

    private Waits waits() {
        return new Waits(
                Flag.parse("--ready-wait", readyWait, text -> Span.parse(text, "0s", "1m"))
                        .duration(),
                Flag.parse("--link-wait", wait, Span::parse).duration(),
                Flag.parse("--resume-grace", resumeGrace, text -> Span.parse(text, "1s", "10m"))
                        .duration(),
                Flag.parse("--drain-grace", drainGrace, Span::parse).duration());
    }

    private DirectRoute directRoute() {
        HostPort at = Flag.parse("--link-listen", listen, HostPort::parseListening);
        if (advertise.isEmpty()) {
            if (EVERYWHERE.contains(at.host())) {
                throw new IllegalArgumentException("--link-listen: '" + listen
                        + "' (expected: together with --link-advertise, since nobody can dial every address)");
            }
            return new DirectRoute(at, Optional.empty());
        }
        return new DirectRoute(at, Optional.of(Flag.parse("--link-advertise", advertise, HostPort::parseNamed)));
    }
}
