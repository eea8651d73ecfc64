package io.penstock.bench.rounds;

import io.penstock.bench.rounds.LoadResult.Latency;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code ab} prints. Immutable. */
final class AbOutput {
    private AbOutput() {}

    static LoadResult parse(String output, String percentiles) {
        long requests = (long) number(output, "Complete requests:\\s+(\\d+)");
        // Failed counts each kind of trouble of a request again, so it can exceed the requests.
        long failed =
                (long) (number(output, "Failed requests:\\s+(\\d+)") + number(output, "Non-2xx responses:\\s+(\\d+)"));
        double seconds = number(output, "Time taken for tests:\\s+([\\d.]+)");
        Latency latency = new Latency(
                number(percentiles, "(?m)^50,([\\d.]+)"),
                number(percentiles, "(?m)^99,([\\d.]+)"),
                number(percentiles, "(?m)^100,([\\d.]+)"));
        return new LoadResult(requests, Math.min(requests, failed), seconds, latency, 0);
    }

    private static double number(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
    }
}
