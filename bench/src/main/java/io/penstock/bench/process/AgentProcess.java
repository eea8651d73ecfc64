package io.penstock.bench.process;

import io.penstock.bench.config.Loopback;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An agent as a process, in front of one app, on ports that outlive it. Thread-safe. */
public final class AgentProcess {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Jars jars;
    private final Terms terms;
    private final List<String> jvmFlags;
    private final int captured;
    private final int admin;
    private final int linkPort;

    /**
     * What the agent is told. Immutable.
     *
     * @param app the original app
     * @param further more arguments
     */
    public record Terms(
            String workload, InetSocketAddress app, String managerGrpc, Path tokenFile, List<String> further) {
        public Terms {
            further = List.copyOf(further);
        }
    }

    /** Takes free ports. */
    public AgentProcess(Jars jars, Terms terms, List<String> jvmFlags, FreePorts ports) throws IOException {
        this.jars = jars;
        this.terms = terms;
        this.jvmFlags = List.copyOf(jvmFlags);
        this.captured = ports.next();
        this.admin = ports.next();
        this.linkPort = ports.next();
    }

    /** Starts the process without waiting for it. */
    public ServiceProcess launch(Path log) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--capture",
                captured + "=127.0.0.1:" + terms.app().getPort(),
                "--workload",
                terms.workload(),
                "--manager",
                terms.managerGrpc(),
                "--token-file",
                terms.tokenFile().toString(),
                "--admin-port",
                Integer.toString(admin),
                "--link-listen",
                "127.0.0.1:" + linkPort));
        arguments.addAll(terms.further());
        List<String> command = jars.command("agent-service", "io.penstock.agent.AgentMain", jvmFlags, arguments);
        LaunchedProcess process = LaunchedProcess.start(new LaunchSpec("agent", command, log));
        return new ServiceProcess(process, new RestDoor(URI.create("http://127.0.0.1:" + admin), ""));
    }

    /** Waits until the agent calls itself ready, as Kubernetes does. */
    public ServiceProcess awaitReadiness(ServiceProcess agent) throws IOException {
        agent.process().await("is ready", LIMIT, () -> agent.actuator().answers("/actuator/health/readiness"));
        return agent;
    }

    public ServiceProcess awaitReady(ServiceProcess agent) throws IOException {
        awaitReadiness(agent);
        agent.process().awaitPort(captured(), LIMIT);
        // Until then no manager knows the workload.
        agent.process().await("is attached to its manager", LIMIT, () -> isAttached(agent));
        return agent;
    }

    private static boolean isAttached(ServiceProcess agent) {
        try {
            return agent.metric("penstock_agent_manager_attached").orElse(0) == 1;
        } catch (IOException e) {
            return false; // Not there yet.
        }
    }

    /** Returns where callers connect. */
    public InetSocketAddress captured() {
        return Loopback.at(captured);
    }

    /** Returns where gateways connect on a direct route. */
    public InetSocketAddress linkAddress() {
        return Loopback.at(linkPort);
    }
}
