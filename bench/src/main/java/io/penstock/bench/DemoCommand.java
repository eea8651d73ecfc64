package io.penstock.bench;

import io.penstock.bench.demo.Demo;
import io.penstock.bench.demo.DemoPlan;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}: the main job on one machine. Startup only. */
@Command(
        name = "demo",
        description = "Starts all of Penstock on this machine, intercepts a workload, sends a storm, and counts.",
        footer = "Exit code: 0 when nothing was lost, 1 when something was, 2 for wrong flags.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--concurrency", paramLabel = "N", description = "Connections at once (default: ${DEFAULT-VALUE}).")
    private int concurrency = 2000;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often (default: 50, or fewer when that would take longer than 20 s).")
    private @Nullable Integer rounds;

    @Option(names = "--duration", paramLabel = "SECONDS", description = "Storm for so long instead of so many rounds.")
    private @Nullable Integer seconds;

    @Option(names = "--stay", description = "Keep everything up afterwards, and say what to try.")
    private boolean stay;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call().
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        // Only the launcher's shell knows for sure what the output is.
        boolean terminal = Boolean.getBoolean("penstock.terminal");
        return new Demo(plan(), spec.commandLine().getOut(), terminal).run() ? 0 : 1;
    }

    private DemoPlan plan() {
        try {
            return new DemoPlan(concurrency, rounds, seconds == null ? null : Duration.ofSeconds(seconds), stay);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
