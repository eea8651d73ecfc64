package io.penstock.bench.process;

import io.penstock.bench.config.Deadline;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A whole Penstock as processes on free loopback ports: one manager, one agent in front of the cluster's app, one gateway.
 * Closing it ends them. Thread-safe.
 */
public final class PenstockStack implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String INTERCEPTS = "/api/v1/intercepts";

    private final StackPlan plan;
    private final Terms terms;
    private volatile ServiceProcess manager;
    private volatile ServiceProcess agent;
    private volatile ServiceProcess gateway;

    /** How to start each of the three, again if need be. */
    private record Terms(ManagerProcess manager, AgentProcess agent, GatewayProcess gateway) {
        static Terms of(StackPlan plan, Jars jars, FreePorts ports) throws IOException {
            JvmFlags flags = plan.flags();
            ManagerProcess manager = new ManagerProcess(
                    jars,
                    plan.home().resolve("manager"),
                    flags.manager(),
                    plan.arguments().manager(),
                    ports);
            AgentProcess.Terms fronting = new AgentProcess.Terms(
                    StackPlan.WORKLOAD,
                    plan.app(),
                    manager.grpcAddress(),
                    manager.tokenFile(),
                    plan.arguments().agent());
            AgentProcess agent = new AgentProcess(jars, fronting, flags.agent(), ports);
            return new Terms(
                    manager,
                    agent,
                    new GatewayProcess(
                            jars, plan.home(), flags.gateway(), plan.arguments().gateway()));
        }
    }

    private PenstockStack(StackPlan plan, Terms terms, Starting starting) throws IOException {
        this.plan = plan;
        this.terms = terms;
        // Manager and gateway start side by side; the agent needs the manager's token.
        ServiceProcess launchedManager = starting.note(terms.manager().launch());
        LaunchedProcess launchedGateway = starting.note(terms.gateway().launch());
        manager = terms.manager().awaitReady(launchedManager);
        agent = terms.agent()
                .awaitReady(starting.note(terms.agent().launch(plan.home().resolve("agent.log"))));
        gateway = terms.gateway().awaitReady(launchedGateway);
    }

    /** What has been started so far. Startup only. */
    private static final class Starting {
        private final List<LaunchedProcess> launched = new ArrayList<>();

        LaunchedProcess note(LaunchedProcess process) {
            launched.add(process);
            return process;
        }

        ServiceProcess note(ServiceProcess service) {
            launched.add(service.process());
            return service;
        }
    }

    /** Starts all three and waits until each is ready; ends what was started when one does not become so. */
    public static PenstockStack start(StackPlan plan, FreePorts ports) throws IOException {
        return start(plan, Jars.find(), ports);
    }

    /** As {@link #start(StackPlan, FreePorts)}, with what another source tree built. */
    public static PenstockStack start(StackPlan plan, Jars jars, FreePorts ports) throws IOException {
        Starting starting = new Starting();
        try {
            return new PenstockStack(plan, Terms.of(plan, jars, ports), starting);
        } catch (IOException e) {
            starting.launched.forEach(LaunchedProcess::close);
            throw e;
        }
    }

    /** Intercepts the workload for an app on this machine, and waits until it is ACTIVE; returns its id. */
    public String intercept(InetSocketAddress target) throws IOException {
        return intercept(target, "FAIL_OPEN");
    }

    /** As {@link #intercept(InetSocketAddress)}; {@code onAppRefused} says who answers while nothing listens there. */
    public String intercept(InetSocketAddress target, String onAppRefused) throws IOException {
        return intercept(target, onAppRefused, "FAIL_OPEN");
    }

    /** As above; {@code onGatewayLoss} says who answers while the gateway cannot be reached. */
    public String intercept(InetSocketAddress target, String onAppRefused, String onGatewayLoss) throws IOException {
        return intercept(target, Map.of("onAppRefused", onAppRefused, "onGatewayLoss", onGatewayLoss));
    }

    /** As above, with whatever else REST takes. */
    public String intercept(InetSocketAddress target, Map<String, Object> further) throws IOException {
        JsonNode opened =
                RestDoor.require(request(target, further, plan.arguments().door()), "intercept");
        String id = opened.get("id").asString();
        awaitState(id, "ACTIVE");
        return id;
    }

    /** Asks the gateway for an intercept, with these further words about the manager, and returns its answer. */
    public RestDoor.Answer request(InetSocketAddress target, Map<String, Object> further, Map<String, Object> words)
            throws IOException {
        Map<String, Object> door = new LinkedHashMap<>(words);
        door.putIfAbsent("manager", terms.manager().restAddress().toString());
        door.put("tokenFile", terms.manager().tokenFile().toString());
        door.put("route", plan.direct() ? "direct" : "relay");
        Map<String, Object> port = Map.of("capture", captured().getPort(), "target", "127.0.0.1:" + target.getPort());
        Map<String, Object> body = new LinkedHashMap<>(further);
        body.putAll(Map.of("at", door, "workload", StackPlan.WORKLOAD, "ports", List.of(port)));
        return gateway.actuator().post(INTERCEPTS, body);
    }

    /** Starts another gateway in the place of one that was killed. */
    public ServiceProcess startGatewayAnew() throws IOException {
        ServiceProcess next = terms.gateway().awaitReady(terms.gateway().launch());
        gateway = next;
        return next;
    }

    /** Starts another agent in the place of one that was killed, and waits until it calls itself ready, and for nothing else. */
    public ServiceProcess startAgentAnew() throws IOException {
        ServiceProcess next = terms.agent().launch(plan.home().resolve("agent.log"));
        agent = next;
        return terms.agent().awaitReadiness(next);
    }

    /** Leaves an intercept through the gateway, and waits until it has ended. */
    public void leave(String id) throws IOException {
        RestDoor.require(gateway.actuator().delete(INTERCEPTS + "/" + id), "leave");
        awaitState(id, "ENDED");
    }

    /** Reads an intercept as the manager has it. */
    public JsonNode read(String id) throws IOException {
        return RestDoor.require(terms.manager().rest().get(INTERCEPTS + "/" + id), "intercept " + id);
    }

    /** Waits until the manager says that an intercept is in this state. */
    public void awaitState(String id, String state) throws IOException {
        String[] last = {""};
        boolean reached = Deadline.in(LIMIT).awaits(() -> {
            try {
                last[0] = read(id).path("state").asString();
            } catch (IOException e) {
                last[0] = String.valueOf(e.getMessage());
            }
            return last[0].equals(state);
        });
        if (!reached) {
            throw new IOException("intercept " + id + ": " + last[0] + " (expected: " + state + " within "
                    + LIMIT.toSeconds() + " s); the agent's log ends with\n"
                    + agent.process().logTail());
        }
    }

    /** Counts the streams that each part sees open now; the manager goes by the agents' last reports. */
    public Map<String, Long> streamsOpen() throws IOException {
        Map<String, Long> open = new LinkedHashMap<>();
        open.put("agent", count(agent));
        // The manager has one series for each intercept that has not ended, so none at first.
        open.put("manager", (long)
                manager.metric("penstock_manager_streams_open").orElse(0));
        open.put("gateway", count(gateway));
        return open;
    }

    private static long count(ServiceProcess service) throws IOException {
        return (long) service.metric("penstock_streams_open")
                .orElseThrow(() -> new IOException(
                        service.process().name() + ": no metric penstock_streams_open (expected: one on its page)"));
    }

    /** Waits until no part sees an open stream; returns what each sees then, or at the end of the time. */
    public Map<String, Long> awaitNoStreams(Duration limit) throws IOException {
        Deadline deadline = Deadline.in(limit);
        Map<String, Long> open = streamsOpen();
        while (open.values().stream().anyMatch(count -> count > 0) && !deadline.isOver()) {
            Deadline.in(Duration.ofMillis(100)).elapse();
            open = streamsOpen();
        }
        return open;
    }

    /** Returns where callers connect. */
    public InetSocketAddress captured() {
        return terms.agent().captured();
    }

    public ManagerProcess managerTerms() {
        return terms.manager();
    }

    public AgentProcess agentTerms() {
        return terms.agent();
    }

    public GatewayProcess gatewayTerms() {
        return terms.gateway();
    }

    /** Ends the manager as kill -9 does, and nothing else. */
    public void killManager() {
        manager.process().kill();
    }

    /** Starts the manager again after a kill, on the same ports and in the same home, and waits until it is ready. */
    public void restartManager() throws IOException {
        ServiceProcess next = terms.manager().launch();
        manager = next;
        terms.manager().awaitReady(next);
    }

    public ServiceProcess manager() {
        return manager;
    }

    public ServiceProcess agent() {
        return agent;
    }

    public ServiceProcess gateway() {
        return gateway;
    }

    /** Lists the processes from the caller to the app. */
    public List<LaunchedProcess> processes() {
        return List.of(agent.process(), manager.process(), gateway.process());
    }

    @Override
    public void close() {
        // The gateway takes leave of the manager, which therefore goes last.
        agent.process().terminate();
        gateway.close();
        agent.close();
        manager.close();
    }
}
