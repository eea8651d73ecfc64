package io.penstock.bench.rounds;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A run as JSON: every sample, the medians' goals, nothing rounded. Immutable. */
final class JsonReport {
    private JsonReport() {}

    static String render(RunInfo info, Measurements measured) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("date", info.date().toString());
        root.put("quick", info.quick());
        root.put("rounds", info.rounds());
        root.put("processors", info.processors());
        root.put("system", info.system());
        root.put(
                "goals",
                Goals.of(measured).stream().map(goal -> goal(goal, measured)).toList());
        root.put("samples", samples(measured));
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(root)
                + "\n";
    }

    private static Map<String, Object> goal(Goal goal, Measurements measured) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", goal.id());
        fields.put("text", goal.text());
        putFinite(fields, "ratio", goal.ratio(measured));
        fields.put("verdict", goal.verdict(measured).label());
        return fields;
    }

    private static List<Map<String, Object>> samples(Measurements measured) {
        return measured.samples().stream().map(JsonReport::sample).toList();
    }

    private static Map<String, Object> sample(Sample sample) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("peer", sample.peer());
        fields.put("load", sample.load());
        fields.put("requests", sample.result().requests());
        fields.put("failed", sample.result().failed());
        fields.put("seconds", sample.result().seconds());
        for (Metric metric : Metric.values()) {
            putFinite(fields, metric.name().toLowerCase(Locale.ROOT), metric.of(sample));
        }
        fields.put("processes", sample.costs());
        fields.put("app", sample.app());
        return fields;
    }

    /** Leaves a figure out that there is not: JSON has no NaN. */
    private static void putFinite(Map<String, Object> fields, String name, double value) {
        if (Double.isFinite(value)) {
            fields.put(name, value);
        }
    }
}
