package io.penstock.bench.demo;

import io.penstock.bench.load.StormReport;
import java.util.Map;

/**
 * One line of the demo's table. Immutable.
 *
 * @param expected who should have answered every request
 * @param streamsOpen how many streams each part still saw afterwards; empty where nothing was intercepted
 */
record DemoRow(String what, StormReport report, String expected, Map<String, Long> streamsOpen) {
    DemoRow {
        streamsOpen = Map.copyOf(streamsOpen);
    }

    /** Says whether all were answered, by whom they should, and nothing was left behind. */
    boolean isGood() {
        return report.failed() == 0
                && report.answeredBy().getOrDefault(expected, 0L) == report.requests()
                && streamsLeft() == 0;
    }

    long streamsLeft() {
        return streamsOpen.values().stream().mapToLong(Long::longValue).sum();
    }
}
