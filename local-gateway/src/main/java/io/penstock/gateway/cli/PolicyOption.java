package io.penstock.gateway.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A failure policy as people type it: {@code fail-open}, {@code reject}, {@code hold}, {@code hold-10s},
 * {@code hold-10s-then-reject}, or the manager's own words.
 *
 * <p><em>Immutable</em>.
 */
final class PolicyOption {

    static final String EXPECTATION = "fail-open, reject, hold, hold-10s or hold-10s-then-reject, for 1ms to 5m";

    private static final Pattern TYPED =
            Pattern.compile("FAIL_OPEN|REJECT|HOLD(?: (\\d{1,6})(MS|S|M))?(?: THEN (FAIL_OPEN|REJECT))?");
    private static final long LONGEST_MILLIS = 300_000;

    private PolicyOption() {}

    /** The policy in the manager's words, such as "HOLD 10s then REJECT"; nothing when it is none. */
    static Optional<String> words(String typed) {
        String upper = typed.strip()
                .toUpperCase(Locale.ROOT)
                .replace("FAIL-OPEN", "FAIL_OPEN")
                .replace("FAIL OPEN", "FAIL_OPEN")
                .replace('-', ' ');
        Matcher matcher = TYPED.matcher(upper);
        if (!matcher.matches() || (matcher.group(1) != null && !isInBounds(matcher))) {
            return Optional.empty();
        }
        String time = matcher.group(1) == null
                ? ""
                : " " + matcher.group(1) + matcher.group(2).toLowerCase(Locale.ROOT);
        String then = matcher.group(3) == null ? "" : " then " + matcher.group(3);
        return Optional.of(upper.startsWith("HOLD") ? "HOLD" + time + then : upper);
    }

    private static boolean isInBounds(Matcher matcher) {
        long unit = switch (matcher.group(2)) {
            case "MS" -> 1;
            case "S" -> 1000;
            default -> 60_000;
        };
        long millis = Long.parseLong(matcher.group(1)) * unit;
        return millis >= 1 && millis <= LONGEST_MILLIS;
    }

    /** What becomes of a caller in the end, and before. */
    static String fate(String words) {
        String last = words.endsWith("REJECT") ? "are reset" : "get the original app's answer";
        return words.startsWith("HOLD") ? "wait for a while, and then " + last : last;
    }
}
