package io.penstock.bench.demo;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The demo's table, for people. Immutable. */
record DemoTable(List<DemoRow> rows) {
    DemoTable {
        rows = List.copyOf(rows);
    }

    String render() {
        StringBuilder out = new StringBuilder();
        out.append(line("", "requests", "failed", "p50 ms", "p99 ms", "who answered", "streams left open"));
        for (DemoRow row : rows) {
            out.append(line(
                    row.what(),
                    String.format(Locale.ROOT, "%,d", row.report().requests()),
                    String.format(Locale.ROOT, "%,d", row.report().failed()),
                    String.format(Locale.ROOT, "%.1f", row.report().p50Millis()),
                    String.format(Locale.ROOT, "%.1f", row.report().p99Millis()),
                    who(row.report().answeredBy()),
                    streams(row)));
        }
        return out.toString();
    }

    boolean isGood() {
        return rows.stream().allMatch(DemoRow::isGood);
    }

    long requests() {
        return rows.stream().mapToLong(row -> row.report().requests()).sum();
    }

    long failed() {
        return rows.stream().mapToLong(row -> row.report().failed()).sum();
    }

    private static String line(String... cells) {
        String line = String.format(
                Locale.ROOT,
                "  %-28s %10s %8s %9s %9s  %-20s %s",
                cells[0],
                cells[1],
                cells[2],
                cells[3],
                cells[4],
                cells[5],
                cells[6]);
        return line.stripTrailing() + "\n";
    }

    private static String who(Map<String, Long> answeredBy) {
        String words = new TreeMap<>(answeredBy)
                .entrySet().stream()
                        .map(each -> String.format(Locale.ROOT, "%s %,d", each.getKey(), each.getValue()))
                        .collect(Collectors.joining(", "));
        return words.isEmpty() ? "nobody" : words;
    }

    private static String streams(DemoRow row) {
        if (row.streamsOpen().isEmpty()) {
            return "-";
        }
        return row.streamsLeft() == 0 ? "0" : new TreeMap<>(row.streamsOpen()).toString();
    }
}
