package io.penstock.bench.process;

import java.util.OptionalDouble;

/** A page in Prometheus's text format. Immutable. */
record MetricsPage(String text) {
    /** Adds up all series of a metric; empty when there is none. */
    OptionalDouble sum(String metric) {
        double[] values = text.lines()
                .filter(line -> line.startsWith(metric + " ") || line.startsWith(metric + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .toArray();
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum);
    }
}
