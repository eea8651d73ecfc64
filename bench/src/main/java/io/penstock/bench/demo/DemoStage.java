package io.penstock.bench.demo;

import io.penstock.bench.config.Loopback;
import io.penstock.bench.process.FreePorts;
import io.penstock.bench.process.Jars;
import io.penstock.bench.process.JvmFlags;
import io.penstock.bench.process.LaunchSpec;
import io.penstock.bench.process.LaunchedProcess;
import io.penstock.bench.process.PenstockStack;
import io.penstock.bench.process.ScratchDirectory;
import io.penstock.bench.process.StackPlan;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Everything that plays in the demo, each part a process. Closing it ends them all. Startup only. */
final class DemoStage implements AutoCloseable {
    static final String CLUSTER = "cluster";
    static final String LAPTOP = "laptop";

    // Reports are what tells the manager how many streams are open; the demo does not want to wait 5 s for the last
    // one.
    private static final List<String> MANAGER_SETTINGS = List.of("--penstock.manager.lease.report-interval=500ms");

    private final ScratchDirectory scratch;
    private final LaunchedProcess clusterApp;
    private final LaunchedProcess laptopApp;
    private final InetSocketAddress laptop;
    private final InetSocketAddress cluster;
    private final PenstockStack stack;

    private DemoStage(ScratchDirectory scratch, FreePorts ports) throws IOException {
        this.scratch = scratch;
        cluster = Loopback.at(ports.next());
        laptop = Loopback.at(ports.next());
        clusterApp = startApp(CLUSTER, cluster);
        laptopApp = startApp(LAPTOP, laptop);
        stack = PenstockStack.start(
                StackPlan.of(scratch.resolve("home"), cluster)
                        .withManager(MANAGER_SETTINGS)
                        .with(JvmFlags.FAST_START.archived(Jars.find())),
                ports);
        clusterApp.awaitPort(cluster, Duration.ofSeconds(30));
        laptopApp.awaitPort(laptop, Duration.ofSeconds(30));
    }

    static DemoStage set() throws IOException {
        ScratchDirectory scratch = ScratchDirectory.create("demo");
        try {
            return new DemoStage(scratch, new FreePorts());
        } catch (IOException e) {
            LaunchedProcess.endAll();
            scratch.close();
            throw e;
        }
    }

    private LaunchedProcess startApp(String name, InetSocketAddress address) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = List.of(
                java.toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-jar",
                Jars.find().of("bench").toString(),
                "app",
                "--name",
                name,
                "--port",
                Integer.toString(address.getPort()));
        return LaunchedProcess.start(new LaunchSpec(name, command, scratch.resolve(name + ".log")));
    }

    PenstockStack stack() {
        return stack;
    }

    InetSocketAddress laptop() {
        return laptop;
    }

    InetSocketAddress cluster() {
        return cluster;
    }

    @Override
    public void close() {
        laptopApp.terminate();
        clusterApp.terminate();
        stack.close();
        laptopApp.close();
        clusterApp.close();
        scratch.close();
    }
}
