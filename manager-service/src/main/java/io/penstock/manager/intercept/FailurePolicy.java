package io.penstock.manager.intercept;

import io.penstock.manager.refusal.Refusal;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a new connection that cannot be taken where the intercept wants it. Its text is what REST reads and shows:
 * {@code FAIL_OPEN}, {@code REJECT}, or {@code HOLD 10s then FAIL_OPEN}, of which time and end may be left out when it is read.
 *
 * @param hold how long the connection waits before; zero when it does not
 * @param then what comes after the wait, or at once
 *     <p><em>Immutable</em>.
 */
public record FailurePolicy(Duration hold, Answer then) {

    /** The pattern of what REST accepts. */
    public static final String PATTERN =
            "^(?:FAIL_OPEN|REJECT|HOLD(?: ([0-9]{1,6})(ms|s|m))?(?: then (FAIL_OPEN|REJECT))?)$";

    public static final FailurePolicy FAIL_OPEN = new FailurePolicy(Duration.ZERO, Answer.FAIL_OPEN);
    public static final FailurePolicy REJECT = new FailurePolicy(Duration.ZERO, Answer.REJECT);

    /** What HOLD means when nothing is said of its time and its end. */
    public static final FailurePolicy HOLD = new FailurePolicy(Duration.ofSeconds(10), Answer.FAIL_OPEN);

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Pattern TEXT = Pattern.compile(PATTERN);
    private static final String EXPECTATION =
            "FAIL_OPEN, REJECT or HOLD, which may say for how long, 1ms to 5m, and what then: HOLD 10s then REJECT";

    /** Who answers in the end. */
    public enum Answer {
        /** The original app answers. */
        FAIL_OPEN,
        /** The caller's connection is reset. */
        REJECT
    }

    /**
     * Reads a policy.
     *
     * @param field whose text it is
     * @param otherwise what nothing means
     */
    public static FailurePolicy parse(String field, @Nullable String text, FailurePolicy otherwise) {
        if (text == null) {
            return otherwise;
        }
        Matcher words = TEXT.matcher(text);
        if (!words.matches()) {
            throw Refusal.invalid(field, text, EXPECTATION);
        }
        if (!text.startsWith("HOLD")) {
            return new FailurePolicy(Duration.ZERO, Answer.valueOf(text));
        }
        Duration hold = words.group(1) == null ? HOLD.hold : time(Long.parseLong(words.group(1)), words.group(2));
        if (hold.isZero() || hold.compareTo(LONGEST) > 0) {
            throw Refusal.invalid(field, text, EXPECTATION);
        }
        return new FailurePolicy(hold, Answer.valueOf(Objects.requireNonNullElse(words.group(3), "FAIL_OPEN")));
    }

    private static Duration time(long count, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            default -> Duration.ofMinutes(count);
        };
    }

    public boolean isHold() {
        return !hold.isZero();
    }

    /** All of it in words, as {@link #parse} reads them. */
    @Override
    public String toString() {
        return isHold() ? "HOLD " + shown(hold.toMillis()) + " then " + then : then.name();
    }

    private static String shown(long millis) {
        if (millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
