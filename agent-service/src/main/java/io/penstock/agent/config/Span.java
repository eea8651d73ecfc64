package io.penstock.agent.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time as people write it.
 *
 * <p><em>Immutable</em>.
 */
record Span(Duration duration) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,7})(ms|s|m)");

    /**
     * Reads {@code 500ms}, {@code 30s}, {@code 2m}.
     *
     * @throws IllegalArgumentException with one sentence when the text is not a time
     */
    static Span parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' (expected: a time such as 500ms, 30s or 2m)");
        }
        long number = Long.parseLong(matcher.group(1));
        return new Span(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    default -> Duration.ofMinutes(number);
                });
    }

    /**
     * As {@link #parse(String)}, within bounds that are written the same way.
     *
     * @throws IllegalArgumentException with one sentence when the text is not a time, or out of bounds
     */
    static Span parse(String text, String least, String most) {
        Span span = parse(text);
        boolean tooShort = span.duration.compareTo(parse(least).duration) < 0;
        if (tooShort || span.duration.compareTo(parse(most).duration) > 0) {
            throw new IllegalArgumentException("'" + text + "' (expected: " + least + " to " + most + ")");
        }
        return span;
    }
}
