package io.penstock.bench.process;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway's service as a process, in a home of its own. Thread-safe. */
public final class GatewayProcess {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Jars jars;
    private final Path home;
    private final List<String> jvmFlags;
    private final List<String> settings;

    /** {@code settings} are further {@code --key=value} arguments. */
    public GatewayProcess(Jars jars, Path home, List<String> jvmFlags, List<String> settings) throws IOException {
        this.jars = jars;
        this.home = Files.createDirectories(home);
        this.jvmFlags = List.copyOf(jvmFlags);
        this.settings = List.copyOf(settings);
    }

    /** Starts the process without waiting for it. */
    public LaunchedProcess launch() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--penstock.gateway.listen.port=0"));
        arguments.addAll(settings);
        List<String> command =
                jars.command("local-gateway", "io.penstock.gateway.GatewayApplication", jvmFlags, arguments);
        LaunchSpec spec = new LaunchSpec("gateway", command, home.resolve("gateway.log"));
        return LaunchedProcess.start(spec.with("PENSTOCK_HOME", home.toString()));
    }

    /** Waits for the file in which the service says where it is. */
    public ServiceProcess awaitReady(LaunchedProcess process) throws IOException {
        process.await("is ready", LIMIT, () -> speaksOf(process.pid()));
        JsonNode state = state();
        URI base = URI.create("http://127.0.0.1:" + state.get("port").asInt());
        return new ServiceProcess(process, new RestDoor(base, state.get("token").asString()));
    }

    private boolean speaksOf(long pid) {
        try {
            return state().path("pid").asLong(0) == pid;
        } catch (IOException | JacksonException e) {
            return false; // Not there yet.
        }
    }

    private JsonNode state() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(home.resolve("gateway.json")));
    }

    /** Returns the directory to set as PENSTOCK_HOME for the command line to find this service. */
    public Path home() {
        return home;
    }
}
