package io.penstock.system.stage;

import io.penstock.bench.process.LaunchSpec;
import io.penstock.bench.process.LaunchedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program that is run to its end, in a directory for its output. Immutable. */
public record Tool(Path directory, Duration limit, Map<String, String> environment) {
    public Tool {
        environment = Map.copyOf(environment);
    }

    public static Tool in(Path directory, Duration limit) {
        return new Tool(directory, limit, Map.of());
    }

    public Tool with(String variable, String value) {
        return new Tool(directory, limit, Map.of(variable, value));
    }

    /** What a program printed, on both outputs, and how it ended. Immutable. */
    public record Outcome(int exitCode, String output) {
        /** Returns the first group of the first match as a number, or 0 when nothing matches. */
        public long number(String pattern) {
            Matcher matcher = Pattern.compile(pattern).matcher(output);
            return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
        }
    }

    public Outcome run(List<String> command) throws IOException {
        Path log = Files.createTempFile(directory, Path.of(command.get(0)).getFileName() + "-", ".out");
        LaunchSpec spec = new LaunchSpec(command.get(0), command, log, environment);
        try (LaunchedProcess process = LaunchedProcess.start(spec)) {
            int exitCode = process.awaitExit(limit);
            return new Outcome(exitCode, Files.readString(log));
        }
    }
}
