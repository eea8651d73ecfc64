package io.penstock.bench.rounds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a benchmark found, in the forms that it is published in. Immutable. */
public final class BenchReport {
    private final RunInfo info;
    private final List<Load> loads;
    private final Measurements measured;

    BenchReport(RunInfo info, List<Load> loads, Measurements measured) {
        this.info = info;
        this.loads = List.copyOf(loads);
        this.measured = measured;
    }

    public String markdown() {
        return MarkdownReport.render(info, loads, measured);
    }

    public String json() {
        return JsonReport.render(info, measured);
    }

    public String svg() {
        return SvgChart.render(measured);
    }

    /** Counts the requests that Penstock failed, over all loads and rounds. */
    public long penstockFailures() {
        return measured.samples().stream()
                .filter(sample -> sample.peer().startsWith(Goals.PENSTOCK))
                .mapToLong(sample -> sample.result().failed())
                .sum();
    }

    /** Writes all three forms into a directory; returns the Markdown page. */
    public Path writeTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(info.fileName() + ".json"), json());
        Files.writeString(directory.resolve(info.fileName() + ".svg"), svg());
        return Files.writeString(directory.resolve(info.fileName() + ".md"), markdown());
    }
}
