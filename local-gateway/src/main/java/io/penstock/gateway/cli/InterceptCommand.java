package io.penstock.gateway.cli;

import io.penstock.gateway.json.Json;
import io.penstock.gateway.json.JsonView;
import io.penstock.tunnel.address.HostPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code penstock intercept}: makes an intercept, and stays with it until it is told to stop.
 *
 * <p><em>Immutable</em> once it is parsed.
 */
@Command(
        name = "intercept",
        mixinStandardHelpOptions = true,
        header = "Receive a workload's real connections on this machine.",
        description = {
            "",
            "New connections to the captured port of every replica of WORKLOAD go to the target on this machine; everything "
                    + "else in the cluster stays as it is. Starts the gateway service when none runs. Stays in the foreground; "
                    + "Ctrl-C (or TERM) leaves: running requests finish, new ones go to the original app.",
            "",
            "The gateway service stays for the next command; penstock stop ends it, and every intercept of this machine with it. "
                    + "When the intercept cannot be made, a service that was started for it ends again.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  penstock intercept shop/checkout --port 8080 --to 127.0.0.1:3000",
            "  penstock intercept shop/checkout --port 8080 --to 3000 --port 9090 --to 3001",
            "  penstock intercept shop/checkout --port 8080 --to 3000 --detach && penstock status",
        })
final class InterceptCommand implements Callable<Integer> {

    private static final Set<String> CARRIERS = Set.of("TCP", "GRPC", "AUTO");
    private static final Set<String> ROUTES = Set.of("RELAY", "DIRECT");

    private final Console console;

    @Parameters(paramLabel = "WORKLOAD", description = "The workload as namespace/name, such as shop/checkout.")
    String workload = "";

    @ArgGroup(exclusive = false, multiplicity = "1..*", heading = "Which port, and who answers it (repeat for more):%n")
    List<PortPair> pairs = new ArrayList<>();

    @Option(
            names = "--on-app-refused",
            paramLabel = "POLICY",
            defaultValue = "hold-10s-then-fail-open",
            description =
                    "What a caller gets while nothing listens at the target: hold (it waits; hold-30s, hold-30s-then-reject), "
                            + "fail-open (the original app's answer) or reject (a reset). Default: ${DEFAULT-VALUE}.")
    String onAppRefused = "";

    @Option(
            names = "--on-gateway-loss",
            paramLabel = "POLICY",
            defaultValue = "fail-open",
            description =
                    "What a new caller gets while this machine cannot be reached: fail-open, hold-30s (it waits for up to "
                            + "that long after the loss) or reject; the last two also while the intercept is SUSPENDED. "
                            + "Default: ${DEFAULT-VALUE}.")
    String onGatewayLoss = "";

    @Option(
            names = "--max-streams",
            paramLabel = "N",
            description =
                    "Most connections at once; more get what --on-app-refused says in the end. Default: no limit.")
    @Nullable
    Long maxStreams;

    @Option(
            names = "--bytes-per-second",
            paramLabel = "N",
            description = "Most bytes in a second, both ways together; what comes faster waits. Default: no limit.")
    @Nullable
    Long bytesPerSecond;

    @Option(
            names = "--route",
            paramLabel = "ROUTE",
            defaultValue = "relay",
            description =
                    "How links reach the agents: relay (through the manager) or direct, which falls back to the relay for agents "
                            + "without a link port, and says so. Default: ${DEFAULT-VALUE}.")
    String route = "";

    @Option(
            names = "--carrier",
            paramLabel = "CARRIER",
            description =
                    "What links to the relay run on: tcp (the relay's port), grpc (the manager's gRPC port, through HTTP/2 "
                            + "ingresses) or auto (tcp where it can be reached, else grpc). Default: $PENSTOCK_CARRIER, then tcp.")
    @Nullable
    String carrier;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "A name for list and leave, a-z, 0-9 and '-'. Default: chosen for you.")
    @Nullable
    String name;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for others who look at the list.")
    @Nullable
    String reason;

    @Option(
            names = "--detach",
            description = "Return once the intercept is made, instead of staying in the foreground.")
    boolean detach;

    @Mixin
    final ManagerOptions manager = new ManagerOptions();

    @Mixin
    final OutputOptions output = new OutputOptions();

    /** One captured port and its target. *Immutable* once it is parsed. */
    static final class PortPair {
        @Option(
                names = "--port",
                required = true,
                paramLabel = "PORT",
                description = "A captured port of the workload.")
        String port = "";

        @Option(
                names = "--to",
                required = true,
                paramLabel = "HOST:PORT",
                description = "Where the app listens on this machine; a bare port means 127.0.0.1.")
        String to = "";

        int capture() {
            return HostPort.parse(port)
                    .filter(parsed -> port.equals(Integer.toString(parsed.port())))
                    .map(HostPort::port)
                    .orElseThrow(() -> usage("--port", port, "a number of 1 to 65535"));
        }

        HostPort target() {
            return HostPort.parse(to).orElseThrow(() -> usage("--to", to, HostPort.EXPECTATION));
        }
    }

    InterceptCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Map<String, @Nullable Object> body = body();
        Foreground foreground =
                new ServiceLauncher(console, new ServiceFinder(console)).with(gateway -> begin(gateway, body));
        JsonView settled = foreground.awaitActive();
        if (route.equalsIgnoreCase("direct")) {
            foreground.tellRoute();
        }
        if (output.json) {
            console.print(Json.write(settled));
        }
        return (detach && !console.stop().isStopped() ? ExitCode.OK : foreground.stay()).status();
    }

    private Foreground begin(GatewayClient gateway, Map<String, @Nullable Object> body) {
        console.stop().heed(Foreground.LONGEST_FAREWELL);
        JsonView made = gateway.post("/api/v1/intercepts", body);
        return new Foreground(console, gateway, made.text("id"), screen());
    }

    private LiveScreen screen() {
        return new LiveScreen(console, output.json ? Terminal.NONE : Terminal.find(), output.json);
    }

    /** The request; every value that can be checked here is, before anything is started. */
    private Map<String, @Nullable Object> body() {
        if (!workload.matches("[^/\\s]+/[^/\\s]+")) {
            throw usage("WORKLOAD", workload, "namespace/name, such as shop/checkout");
        }
        String policy = policy("--on-app-refused", onAppRefused);
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        Map<String, @Nullable Object> at = manager.body(console, choice("--route", route, ROUTES, "relay or direct"));
        String carriers = carrier != null ? carrier : console.variable("PENSTOCK_CARRIER", "tcp");
        at.put("carrier", choice("--carrier", carriers, CARRIERS, "tcp, grpc or auto"));
        body.put("at", at);
        body.put("workload", workload);
        body.put("ports", pairs.stream().map(pair -> port(pair, policy)).toList());
        body.put("onAppRefused", policy);
        body.put("onGatewayLoss", policy("--on-gateway-loss", onGatewayLoss));
        body.put("limits", limits());
        body.put("name", name);
        body.put("reason", reason);
        return body;
    }

    private Map<String, Long> limits() {
        Map<String, Long> limits = new LinkedHashMap<>();
        limit(limits, "maxStreams", "--max-streams", maxStreams);
        limit(limits, "bytesPerSecond", "--bytes-per-second", bytesPerSecond);
        return limits;
    }

    private static void limit(Map<String, Long> limits, String field, String option, @Nullable Long given) {
        if (given != null && given < 1) {
            throw usage(option, Long.toString(given), "1 or more; leave it out for no limit");
        }
        if (given != null) {
            limits.put(field, given);
        }
    }

    private Map<String, Object> port(PortPair pair, String policy) {
        int capture = pair.capture();
        HostPort target = TargetProbe.prefer(pair.target());
        if (target.resolve().isUnresolved()) {
            throw usage("--to", pair.to, "a host that this machine can look up");
        }
        if (!TargetProbe.isListening(target)) {
            console.tell(
                    "Warning: nothing listens at " + target + " (expected: your app). Until it does, connections to "
                            + workload + " port " + capture + " " + PolicyOption.fate(policy) + " (--on-app-refused "
                            + onAppRefused.toLowerCase(Locale.ROOT) + ").");
        }
        return Map.of("capture", capture, "target", target.toString());
    }

    private static String policy(String option, String typed) {
        return PolicyOption.words(typed).orElseThrow(() -> usage(option, typed, PolicyOption.EXPECTATION));
    }

    private static String choice(String option, String value, Set<String> allowed, String expectation) {
        String constant = value.toUpperCase(Locale.ROOT).replace('-', '_');
        if (!allowed.contains(constant)) {
            throw usage(option, value, expectation);
        }
        return constant;
    }

    private static CommandFailure usage(String what, String value, String expectation) {
        return new CommandFailure(ExitCode.USAGE, what + ": " + value + " (expected: " + expectation + ")");
    }
}
