package io.penstock.bench.rounds;

import io.penstock.bench.rounds.LoadResult.Latency;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code wrk --latency} prints. Immutable. */
final class WrkOutput {
    private static final Pattern TOTAL = Pattern.compile("(\\d+) requests in ([\\d.]+)(us|ms|s|m),");
    private static final Pattern TROUBLE =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");
    private static final Pattern STATUS = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");

    private WrkOutput() {}

    static LoadResult parse(String output) {
        Matcher total = TOTAL.matcher(output);
        if (!total.find()) {
            return LoadResult.allFailed(1, 0);
        }
        long failed = failed(output);
        // What never came back is not among wrk's requests.
        long requests = Long.parseLong(total.group(1)) + failed;
        Latency latency = new Latency(percentile(output, "50%"), percentile(output, "99%"), 0);
        return new LoadResult(requests, failed, millis(total.group(2), total.group(3)) / 1000, latency, 0);
    }

    private static long failed(String output) {
        long sum = 0;
        Matcher trouble = TROUBLE.matcher(output);
        for (int i = 1; trouble.find(0) && i <= 4; i++) {
            sum += Long.parseLong(trouble.group(i));
        }
        Matcher status = STATUS.matcher(output);
        return status.find() ? sum + Long.parseLong(status.group(1)) : sum;
    }

    private static double percentile(String output, String which) {
        Matcher matcher = Pattern.compile(which + "\\s+([\\d.]+)(us|ms|s|m)").matcher(output);
        return matcher.find() ? millis(matcher.group(1), matcher.group(2)) : 0;
    }

    private static double millis(String number, String unit) {
        double value = Double.parseDouble(number);
        return switch (unit) {
            case "us" -> value / 1000;
            case "ms" -> value;
            case "s" -> value * 1000;
            default -> value * 60_000;
        };
    }
}
