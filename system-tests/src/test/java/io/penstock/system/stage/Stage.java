package io.penstock.system.stage;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.config.LoadLoops;
import io.penstock.bench.config.Loopback;
import io.penstock.bench.load.Storm;
import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import io.penstock.bench.process.FreePorts;
import io.penstock.bench.process.Jars;
import io.penstock.bench.process.LaunchSpec;
import io.penstock.bench.process.LaunchedProcess;
import io.penstock.bench.process.PenstockStack;
import io.penstock.bench.process.ServiceProcess;
import io.penstock.bench.process.StackPlan;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * One whole Penstock for a class of tests, with the cluster's app and the laptop's, each a process. What they said lies in
 * {@code target/stages} afterwards, and its end is shown when a test failed. Used by one test at a time.
 */
public final class Stage implements BeforeAllCallback, AfterAllCallback, TestWatcher {
    public static final String CLUSTER = "cluster";
    public static final String LAPTOP = "laptop";

    private static final int ASKED = 20;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    // Reports tell the manager how many streams are open: no test wants to wait 5 s for the last one.
    private static final List<String> PROMPT =
            List.of("--penstock.manager.lease.report-interval=250ms", "--penstock.manager.link.replace-at-most=200ms");

    private static final Setting AS_IT_IS = (plan, home) -> plan;

    private final boolean direct;
    private final Weak weak;
    private final Setting setting;
    private final FreePorts ports = new FreePorts();
    private final List<LaunchedProcess> apps = new ArrayList<>();
    private final List<String> managerSettings = new ArrayList<>(PROMPT);
    private final List<String> gatewaySettings = new ArrayList<>();
    private @Nullable Playing playing;
    private @Nullable FaultyNetwork network;

    /** What is there while the tests run. Immutable. */
    private record Playing(
            Path home, LoadLoops loops, PenstockStack stack, InetSocketAddress cluster, InetSocketAddress laptop) {}

    /** What goes through a network that can be broken. */
    private enum Weak {
        NOTHING,
        LINKS,
        CONTROL
    }

    /** Changes what is to be started, given a directory for files that it needs. */
    public interface Setting {
        StackPlan change(StackPlan plan, Path home) throws IOException;
    }

    private Stage(boolean direct, Weak weak, Setting setting) {
        this.direct = direct;
        this.weak = weak;
        this.setting = setting;
    }

    /** As this one, with another setting. */
    public Stage with(Setting other) {
        return new Stage(direct, weak, other);
    }

    /** Links go through the manager's relay. */
    public static Stage relayed() {
        return new Stage(false, Weak.NOTHING, AS_IT_IS);
    }

    /** Links go through the manager's relay, and on their way to it through a network that can be broken. */
    public static Stage relayedOverFaultyNetwork() {
        return new Stage(false, Weak.LINKS, AS_IT_IS);
    }

    /** Links go through the manager's relay, and the gateway's call to the manager through a network that can be broken. */
    public static Stage relayedWithFaultyControl() {
        return new Stage(false, Weak.CONTROL, AS_IT_IS);
    }

    /** The gateway dials the agent. */
    public static Stage direct() {
        return new Stage(true, Weak.NOTHING, AS_IT_IS);
    }

    /** The gateway dials the agent through a network that can be broken. */
    public static Stage directOverFaultyNetwork() {
        return new Stage(true, Weak.LINKS, AS_IT_IS);
    }

    /** Adds settings of the manager, as {@code --key=value}. */
    public Stage withManager(String... settings) {
        managerSettings.addAll(List.of(settings));
        return this;
    }

    /** Adds settings of the gateway, as {@code --key=value}. */
    public Stage withGateway(String... settings) {
        gatewaySettings.addAll(List.of(settings));
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Path home = emptied(
                Path.of("target", "stages", context.getRequiredTestClass().getSimpleName()));
        InetSocketAddress cluster = Loopback.at(ports.next());
        InetSocketAddress laptop = Loopback.at(ports.next());
        try {
            LaunchedProcess clusterApp = startApp(home, CLUSTER, cluster);
            LaunchedProcess laptopApp = startApp(home, LAPTOP, laptop);
            PenstockStack stack = PenstockStack.start(setting.change(plan(home, cluster), home), ports);
            if (network != null) {
                network.leadsTo(farSide(stack));
            }
            playing = new Playing(home, LoadLoops.start(1), stack, cluster, laptop);
            clusterApp.awaitPort(cluster, LIMIT);
            laptopApp.awaitPort(laptop, LIMIT);
        } catch (IOException e) {
            LaunchedProcess.endAll();
            throw e;
        }
    }

    private StackPlan plan(Path home, InetSocketAddress cluster) {
        StackPlan plan =
                StackPlan.of(home, cluster).withManager(managerSettings).withGateway(gatewaySettings);
        if (weak == Weak.NOTHING) {
            return direct ? plan.directly() : plan;
        }
        network = new FaultyNetwork();
        if (direct) {
            return plan.directly().withAgent(List.of("--link-advertise", network.address()));
        }
        String part = weak == Weak.CONTROL ? "control" : "relay";
        List<String> settings = new ArrayList<>(managerSettings);
        settings.add("--penstock.manager." + part + ".advertised-address=" + network.address());
        return plan.withManager(settings);
    }

    /** Returns what lies behind the network. */
    private String farSide(PenstockStack stack) {
        if (weak == Weak.CONTROL) {
            return stack.managerTerms().grpcAddress();
        }
        return direct
                ? "127.0.0.1:" + stack.agentTerms().linkAddress().getPort()
                : stack.managerTerms().relayAddress();
    }

    private LaunchedProcess startApp(Path home, String name, InetSocketAddress address) throws IOException {
        // With the optimising compiler: without it the hash of a large body takes ten times as long as the body's way.
        List<String> command = new ArrayList<>(List.of(java(), "-XX:+UseSerialGC", "-Xmx256m"));
        command.addAll(List.of("-jar", Jars.find().of("bench").toString(), "app"));
        command.addAll(List.of("--name", name, "--port", Integer.toString(address.getPort())));
        LaunchedProcess app = LaunchedProcess.start(new LaunchSpec(name, command, home.resolve(name + ".log")));
        apps.add(app);
        return app;
    }

    /** Returns the java that runs the tests. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        Playing played = playing;
        playing = null;
        if (played != null) {
            played.stack().close();
            played.loops().close();
            if (network != null) {
                network.close();
            }
            apps.forEach(LaunchedProcess::close);
            assertThat(Complaints.in(played.home()))
                    .as("complaints in the logs")
                    .isEmpty();
        }
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        Playing now = playing;
        if (now != null) {
            System.err.println(context.getDisplayName() + " failed; the logs are in " + now.home());
            now.stack().processes().forEach(each -> System.err.println("-- " + each.name() + "\n" + each.logTail()));
        }
    }

    private static Path emptied(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> tree = Files.walk(directory)) {
                for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
        return Files.createDirectories(directory).toAbsolutePath();
    }

    /** Intercepts for an app, which may be the laptop's or one of the test; closing the diversion leaves. */
    public Diversion divert(InetSocketAddress target) throws IOException {
        return divert(target, "FAIL_OPEN");
    }

    public Diversion divert(InetSocketAddress target, String onAppRefused) throws IOException {
        return new Diversion(stack(), stack().intercept(target, onAppRefused));
    }

    public Diversion divert(InetSocketAddress target, String onAppRefused, String onGatewayLoss) throws IOException {
        return new Diversion(stack(), stack().intercept(target, onAppRefused, onGatewayLoss));
    }

    /**
     * Waits until this app answers everybody, which takes as long as a snapshot on its way to the agent; a request that fails
     * meanwhile is not forgiven.
     */
    public void awaitAnswersBy(String app) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            StormReport report = storm().run(StormPlan.shortConnections(door(), ASKED, 1));
            assertThat(report.failed())
                    .as("%s %s", report.failures(), report.samples())
                    .isZero();
            return report.answeredBy().equals(Map.of(app, (long) ASKED));
        });
    }

    /** Requires that agent, manager and gateway each see no open stream, now or soon. */
    public void requireNoStreams() throws IOException {
        Map<String, Long> open = stack().awaitNoStreams(Duration.ofSeconds(30));
        assertThat(open.values()).as("streams open: %s", open).containsOnly(0L);
    }

    /** Returns where callers connect. */
    public InetSocketAddress door() {
        return stack().captured();
    }

    public PenstockStack stack() {
        return now().stack();
    }

    /** Returns the agent, the manager and the gateway. */
    public List<ServiceProcess> services() {
        return List.of(stack().agent(), stack().manager(), stack().gateway());
    }

    /** Returns the network that can be broken. */
    public FaultyNetwork network() {
        return requireNonNull(network, "network: sound (expected: a stage over a faulty one)");
    }

    public InetSocketAddress cluster() {
        return now().cluster();
    }

    public InetSocketAddress laptop() {
        return now().laptop();
    }

    public LoadLoops loops() {
        return now().loops();
    }

    public Storm storm() {
        return new Storm(loops());
    }

    public FreePorts ports() {
        return ports;
    }

    /** Returns the directory with the logs, for whatever a test needs besides. */
    public Path home() {
        return now().home();
    }

    private Playing now() {
        return requireNonNull(playing, "stage: not set (expected: after beforeAll)");
    }
}
