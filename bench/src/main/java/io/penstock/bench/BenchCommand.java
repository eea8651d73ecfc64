package io.penstock.bench;

import io.penstock.bench.rounds.BenchReport;
import io.penstock.bench.rounds.Benchmark;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench}: measures Penstock beside nginx, HAProxy and ssh. Startup only. */
@Command(
        name = "bench",
        description = "Measures Penstock beside nginx alone, HAProxy and ssh -R, all on this machine.",
        footer = "Exit code: 0 when no request through Penstock failed, 1 when one did, 2 for wrong flags.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    @Option(names = "--quick", description = "One small round, to see that nothing fails; its figures mean little.")
    private boolean quick;

    @Option(names = "--rounds", paramLabel = "N", description = "How many rounds the medians are over (default: 5).")
    private @Nullable Integer rounds;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Only loads (and peers) whose name begins so, for example short,kept-100,penstock.")
    private Set<String> only = Set.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Also write DATE-full (or -quick) .md, .json and .svg there.")
    private @Nullable Path directory;

    @Option(
            names = "--beside",
            paramLabel = "TREE",
            description = "Also measure what this other source tree of Penstock built, as penstock-beside.")
    private @Nullable Path beside;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call().
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Benchmark.Request request =
                usable(() -> new Benchmark.Request(quick, rounds, only, Optional.ofNullable(beside)));
        List<String> missing = Benchmark.missingPrograms();
        if (!missing.isEmpty()) {
            missing.forEach(spec.commandLine().getErr()::println);
            return 1;
        }
        BenchReport report = usable(() -> new Benchmark(request, InstantSource.system(), out).run());
        out.println();
        out.println(report.markdown());
        if (directory != null) {
            out.println("Written: " + report.writeTo(directory));
        }
        return report.penstockFailures() == 0 ? 0 : 1;
    }

    /** Makes a refused value a mistake of the command line. */
    private <T> T usable(Step<T> step) throws IOException {
        try {
            return step.take();
        } catch (IllegalArgumentException | FileNotFoundException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** What may refuse a value. */
    private interface Step<T> {
        T take() throws IOException;
    }
}
