package io.penstock.bench.rounds;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run as a page of Markdown. Immutable. */
final class MarkdownReport {
    private final RunInfo info;
    private final List<Load> loads;
    private final Measurements measured;
    private final StringBuilder out = new StringBuilder();

    private MarkdownReport(RunInfo info, List<Load> loads, Measurements measured) {
        this.info = info;
        this.loads = loads;
        this.measured = measured;
    }

    static String render(RunInfo info, List<Load> loads, Measurements measured) {
        MarkdownReport report = new MarkdownReport(info, loads, measured);
        report.writeHead();
        report.writeGoals();
        loads.forEach(report::writeLoad);
        report.writeProcesses();
        return report.out.toString();
    }

    private void writeHead() {
        out.append("# Benchmark of ")
                .append(info.date())
                .append(info.quick() ? " (quick)" : "")
                .append("\n\n");
        out.append("Medians of ")
                .append(info.rounds())
                .append(" interleaved round(s) on ")
                .append(info.processors());
        out.append(" processors (").append(info.system()).append("); caller, peers and app (nginx) share them.\n");
        out.append(
                "CPU is that of the processes between caller and app, per 1000 good answers. In brackets: the ratio to ");
        out.append("two HAProxy hops in TCP mode.\n\n![Ratios to two HAProxy hops](")
                .append(info.fileName());
        out.append(".svg)\n");
    }

    private void writeGoals() {
        List<Goal> goals = Goals.of(measured);
        if (info.quick() || !measured.peers().contains(Goals.PENSTOCK) || goals.isEmpty()) {
            return;
        }
        out.append("\n## Goals\n\n| goal | text | is | |\n|---|---|---|---|\n");
        for (Goal goal : goals) {
            row(
                    goal.id(),
                    goal.text(),
                    number(goal.ratio(measured), 2),
                    goal.verdict(measured).label());
        }
    }

    private void writeLoad(Load load) {
        List<Metric> metrics = metrics(load.id());
        out.append("\n## ").append(load.id()).append(": ").append(load.title()).append("\n\n| peer |");
        metrics.forEach(metric -> out.append(' ').append(metric.label()).append(" |"));
        out.append(" failed |\n|---|")
                .append("---:|".repeat(metrics.size() + 1))
                .append('\n');
        for (String peer : measured.peers()) {
            List<String> cells = new ArrayList<>(List.of(peer));
            metrics.forEach(metric -> cells.add(cell(peer, load.id(), metric)));
            cells.add(measured.failed(peer, load.id()) + " of " + measured.requests(peer, load.id()));
            row(cells.toArray(new String[0]));
        }
    }

    private static List<Metric> metrics(String load) {
        if (load.startsWith("download")) {
            return List.of(Metric.CPU, Metric.THROUGHPUT, Metric.RESIDENT);
        }
        if (load.startsWith("storm")) {
            return List.of(Metric.CPU, Metric.LAST_BYTE, Metric.P50, Metric.P99, Metric.RESIDENT);
        }
        return List.of(Metric.CPU, Metric.RATE, Metric.P50, Metric.P99, Metric.RESIDENT);
    }

    private String cell(String peer, String load, Metric metric) {
        double value = measured.median(peer, load, metric);
        double ratio = value / measured.median(Goals.TWO_HOPS, load, metric);
        boolean compared = metric != Metric.RESIDENT && Double.isFinite(ratio) && !peer.equals(Goals.TWO_HOPS);
        return number(value, metric.decimals()) + (compared ? " (" + number(ratio, 2) + ")" : "");
    }

    private void writeProcesses() {
        out.append("\n## CPU-seconds per 1000 answers of every process\n\n| process |");
        loads.forEach(load -> out.append(' ').append(load.id()).append(" |"));
        out.append("\n|---|").append("---:|".repeat(loads.size())).append('\n');
        for (String peer : measured.peers()) {
            List<String> processes = new ArrayList<>(measured.processes(peer));
            processes.add(Sample.APP);
            for (String process : processes) {
                List<String> cells = new ArrayList<>(List.of(peer + ": " + process));
                loads.forEach(load -> cells.add(number(measured.medianCpu(peer, load.id(), process), 4)));
                row(cells.toArray(new String[0]));
            }
        }
    }

    private void row(String... cells) {
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String number(double value, int decimals) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%,." + decimals + "f", value) : "–";
    }
}
