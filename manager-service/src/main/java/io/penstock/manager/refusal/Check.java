package io.penstock.manager.refusal;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The checks that values from outside must pass, each refusing with one sentence.
 *
 * <p><em>Immutable</em>.
 */
public final class Check {
    private static final Pattern HOST_PORT =
            Pattern.compile("(?:[A-Za-z0-9]([A-Za-z0-9._-]{0,252})|\\[[0-9A-Fa-f:.%]{2,60}]|[A-Za-z0-9]):([0-9]{1,5})");
    private static final int MAX_PORT = 65535;

    private Check() {}

    /** Returns the value when it matches the pattern. */
    public static String matches(String field, @Nullable String value, Pattern pattern, String expectation) {
        if (value == null || !pattern.matcher(value).matches()) {
            throw Refusal.invalid(field, value, expectation);
        }
        return value;
    }

    /** Returns the text, or "" for null, when it is printable and at most this long. */
    public static String text(String field, @Nullable String value, int maxLength) {
        String text = value == null ? "" : value;
        if (text.length() > maxLength || text.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalid(
                    field, value, "at most " + maxLength + " characters, none of them a control character");
        }
        return text;
    }

    public static int port(String field, int value) {
        return within(field, value, 1, MAX_PORT);
    }

    public static int within(String field, int value, int low, int high) {
        if (value < low || value > high) {
            throw Refusal.invalid(field, value, low + " to " + high);
        }
        return value;
    }

    /** Returns the value when it reads "host:port" with a port that can be dialled. */
    public static String hostPort(String field, @Nullable String value) {
        String expectation = "host:port, port 1 to 65535";
        var matcher = HOST_PORT.matcher(value == null ? "" : value);
        if (value == null || !matcher.matches()) {
            throw Refusal.invalid(field, value, expectation);
        }
        int port = Integer.parseInt(matcher.group(2));
        if (port < 1 || port > MAX_PORT) {
            throw Refusal.invalid(field, value, expectation);
        }
        return value;
    }
}
