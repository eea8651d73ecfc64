package io.penstock.system.stage;

import io.penstock.bench.config.Deadline;
import io.penstock.bench.config.Loopback;
import io.penstock.bench.peers.Program;
import io.penstock.bench.process.AgentProcess;
import io.penstock.bench.process.FreePorts;
import io.penstock.bench.process.GatewayProcess;
import io.penstock.bench.process.Jars;
import io.penstock.bench.process.JvmFlags;
import io.penstock.bench.process.LaunchSpec;
import io.penstock.bench.process.LaunchedProcess;
import io.penstock.bench.process.ManagerProcess;
import io.penstock.bench.process.RestDoor;
import io.penstock.bench.process.ServiceProcess;
import io.penstock.bench.process.StackPlan;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A whole Penstock with two managers on one home, of which one runs at a time, each at ports of its own. An HAProxy leads REST, gRPC
 * and relay to whichever listens, and nobody knows the managers but by it. Used by one test at a time.
 */
public final class TwoManagers implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final JvmFlags FLAGS = JvmFlags.FAST_START;

    // Kept, so that the ports of a manager that is not started yet stay claimed.
    private final FreePorts ports = new FreePorts();
    private final Front front;
    private final ManagerProcess first;
    private final ManagerProcess second;
    private final LaunchedProcess proxy;
    private final AgentProcess agentTerms;
    private final ServiceProcess agent;
    private final ServiceProcess gateway;
    private ServiceProcess manager;

    /** Where everybody finds the manager. Immutable. */
    private record Front(int rest, int grpc, int relay) {
        List<String> settings() {
            return List.of(
                    "--penstock.manager.control.advertised-address=127.0.0.1:" + grpc,
                    "--penstock.manager.relay.advertised-address=127.0.0.1:" + relay,
                    "--penstock.manager.lease.report-interval=250ms");
        }
    }

    /** Starts everything but the second manager; ends what was started when something does not become ready. */
    public static TwoManagers start(Path home, InetSocketAddress app) throws IOException {
        try {
            return new TwoManagers(home, app);
        } catch (IOException e) {
            LaunchedProcess.endAll();
            throw e;
        }
    }

    private TwoManagers(Path home, InetSocketAddress app) throws IOException {
        front = new Front(ports.next(), ports.next(), ports.next());
        first = manager(home, ports);
        second = manager(home, ports);
        proxy = startProxy(home);
        manager = first.launch();
        first.awaitReady(manager);
        AgentProcess.Terms fronting = new AgentProcess.Terms(
                StackPlan.WORKLOAD, app, "127.0.0.1:" + front.grpc(), first.tokenFile(), List.of());
        agentTerms = new AgentProcess(Jars.find(), fronting, FLAGS.agent(), ports);
        agent = agentTerms.awaitReady(agentTerms.launch(home.resolve("agent.log")));
        GatewayProcess gatewayTerms = new GatewayProcess(Jars.find(), home, FLAGS.gateway(), List.of());
        gateway = gatewayTerms.awaitReady(gatewayTerms.launch());
    }

    private ManagerProcess manager(Path home, FreePorts ports) throws IOException {
        return new ManagerProcess(Jars.find(), home.resolve("manager"), FLAGS.manager(), front.settings(), ports);
    }

    private LaunchedProcess startProxy(Path home) throws IOException {
        Path config = Files.writeString(home.resolve("haproxy.cfg"), config());
        List<String> command = List.of(Program.HAPROXY.path(), "-db", "-f", config.toString());
        return LaunchedProcess.start(new LaunchSpec("haproxy", command, home.resolve("haproxy.out")))
                .awaitPort(Loopback.at(front.relay()), LIMIT);
    }

    private String config() {
        String defaults = """
                global
                    nbthread 1
                    maxconn 4000
                defaults
                    mode tcp
                    timeout connect 5s
                    timeout client 1h
                    timeout server 1h
                    default-server check inter 100ms fall 1 rise 1
                """;
        return defaults
                + section(
                        "rest",
                        front.rest(),
                        first.restAddress().getAuthority(),
                        second.restAddress().getAuthority())
                + section("grpc", front.grpc(), first.grpcAddress(), second.grpcAddress())
                + section("relay", front.relay(), first.relayAddress(), second.relayAddress());
    }

    private static String section(String name, int listen, String active, String passive) {
        return """
                listen %s
                    bind 127.0.0.1:%d
                    server first %s
                    server second %s backup
                """.formatted(name, listen, active, passive);
    }

    /** Intercepts for an app on this machine, and waits until it is ACTIVE; returns its id. */
    public String intercept(InetSocketAddress target) throws IOException {
        Map<String, Object> body = Map.of(
                "at",
                Map.of(
                        "manager",
                        restAddress().toString(),
                        "tokenFile",
                        first.tokenFile().toString(),
                        "route",
                        "relay"),
                "workload",
                StackPlan.WORKLOAD,
                "ports",
                List.of(Map.of("capture", door().getPort(), "target", "127.0.0.1:" + target.getPort())));
        String id = RestDoor.require(gateway.actuator().post("/api/v1/intercepts", body), "intercept")
                .get("id")
                .asString();
        if (!Deadline.in(LIMIT).awaits(() -> isActive(id))) {
            throw new IOException("intercept " + id + ": not ACTIVE (expected: within " + LIMIT.toSeconds() + " s)");
        }
        return id;
    }

    private boolean isActive(String id) {
        try {
            return state(id).equals("ACTIVE");
        } catch (IOException e) {
            return false; // Not to be reached for the moment.
        }
    }

    /** Reads it by the proxy. */
    public String state(String id) throws IOException {
        RestDoor rest =
                new RestDoor(restAddress(), Files.readString(first.tokenFile()).strip());
        return RestDoor.require(rest.get("/api/v1/intercepts/" + id), "intercept " + id)
                .path("state")
                .asString();
    }

    private URI restAddress() {
        return URI.create("http://127.0.0.1:" + front.rest());
    }

    /** Ends the first manager as kill -9 does. */
    public void killFirst() {
        manager.process().kill();
    }

    /** Starts the second one in its place, and waits until it is ready. */
    public ServiceProcess startSecond() throws IOException {
        manager = second.launch();
        return second.awaitReady(manager);
    }

    /** Returns where callers connect. */
    public InetSocketAddress door() {
        return agentTerms.captured();
    }

    public ServiceProcess agent() {
        return agent;
    }

    @Override
    public void close() {
        gateway.close();
        agent.close();
        manager.close();
        proxy.close();
    }
}
