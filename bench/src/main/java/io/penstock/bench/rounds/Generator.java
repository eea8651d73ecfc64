package io.penstock.bench.rounds;

import io.penstock.bench.config.Stopwatch;
import io.penstock.bench.process.LaunchSpec;
import io.penstock.bench.process.LaunchedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A foreign load generator, run to its end. Immutable. */
final class Generator {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int ENDED_BY_US = -1;

    private Generator() {}

    /** What came of it; a generator that had to be ended has a negative exit code. */
    record Outcome(int exitCode, String output, double seconds) {}

    static Outcome run(String name, List<String> command, Path directory) throws IOException {
        Path log = directory.resolve(name + ".out");
        Files.deleteIfExists(log);
        Stopwatch watch = Stopwatch.started();
        int exitCode;
        try (LaunchedProcess process = LaunchedProcess.start(new LaunchSpec(name, command, log))) {
            exitCode = process.ends(LIMIT) ? process.awaitExit(LIMIT) : ENDED_BY_US;
        }
        return new Outcome(exitCode, Files.readString(log), watch.seconds());
    }
}
