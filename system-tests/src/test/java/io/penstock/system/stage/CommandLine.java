package io.penstock.system.stage;

import io.penstock.bench.process.Jars;
import io.penstock.bench.process.LaunchSpec;
import io.penstock.bench.process.LaunchedProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The {@code penstock} command, as somebody with a home of his own would type it. Immutable. */
public record CommandLine(Path home, Map<String, String> environment) {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    public CommandLine {
        environment = Map.copyOf(environment);
    }

    /** In a home in which nothing runs yet; a service that is started there takes any free port. */
    public static CommandLine at(Path home, String managerUrl, Path tokenFile) {
        return new CommandLine(
                home,
                Map.of(
                        "PENSTOCK_HOME", home.toString(),
                        "PENSTOCK_GATEWAY_LISTEN_PORT", "0",
                        "PENSTOCK_MANAGER", managerUrl,
                        "PENSTOCK_TOKEN_FILE", tokenFile.toString(),
                        "JAVA_HOME", System.getProperty("java.home")));
    }

    public CommandLine with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new CommandLine(home, more);
    }

    /** Runs a command to its end. */
    public Tool.Outcome run(String... arguments) throws IOException {
        return new Tool(home, LIMIT, environment).run(command(arguments));
    }

    /** Starts a command that stays. */
    public LaunchedProcess start(String... arguments) throws IOException {
        Path log = home.resolve("command.log");
        return LaunchedProcess.start(new LaunchSpec("penstock", command(arguments), log, environment));
    }

    private static List<String> command(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Jars.find().root().resolve("penstock").toString());
        command.addAll(List.of(arguments));
        return command;
    }
}
