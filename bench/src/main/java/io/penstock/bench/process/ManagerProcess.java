package io.penstock.bench.process;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A manager as a process, on ports and in a home that outlive it, so that it can be started again. Thread-safe. */
public final class ManagerProcess {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Jars jars;
    private final Path home;
    private final List<String> jvmFlags;
    private final List<String> settings;
    private final int rest;
    private final int grpc;
    private final int relay;
    private final int management;

    /** Takes free ports; {@code settings} are further {@code --key=value} arguments. */
    public ManagerProcess(Jars jars, Path home, List<String> jvmFlags, List<String> settings, FreePorts ports)
            throws IOException {
        this.jars = jars;
        this.home = Files.createDirectories(home);
        this.jvmFlags = List.copyOf(jvmFlags);
        this.settings = List.copyOf(settings);
        this.rest = ports.next();
        this.grpc = ports.next();
        this.relay = ports.next();
        this.management = ports.next();
    }

    /** Starts the process without waiting for it. */
    public ServiceProcess launch() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=" + rest,
                "--spring.grpc.server.port=" + grpc,
                "--penstock.manager.relay.port=" + relay,
                "--management.server.port=" + management,
                "--penstock.manager.home=" + home));
        arguments.addAll(settings);
        List<String> command =
                jars.command("manager-service", "io.penstock.manager.ManagerApplication", jvmFlags, arguments);
        LaunchedProcess process =
                LaunchedProcess.start(new LaunchSpec("manager", command, home.resolve("manager.log")));
        return new ServiceProcess(process, new RestDoor(URI.create("http://127.0.0.1:" + management), ""));
    }

    public ServiceProcess awaitReady(ServiceProcess manager) throws IOException {
        manager.process()
                .await(
                        "is ready",
                        LIMIT,
                        () -> Files.exists(tokenFile()) && manager.actuator().answers("/actuator/health/readiness"));
        return manager;
    }

    public Path tokenFile() {
        return home.resolve("token");
    }

    /** Returns the REST with the token that the manager made at its first start. */
    public RestDoor rest() throws IOException {
        return new RestDoor(restAddress(), Files.readString(tokenFile()).strip());
    }

    public URI restAddress() {
        return URI.create("http://127.0.0.1:" + rest);
    }

    public String grpcAddress() {
        return "127.0.0.1:" + grpc;
    }

    public String relayAddress() {
        return "127.0.0.1:" + relay;
    }
}
