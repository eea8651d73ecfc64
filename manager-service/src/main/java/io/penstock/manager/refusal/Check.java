package io.penstock.manager.refusal;

import io.penstock.tunnel.address.HostPort;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The checks that values from outside must pass, each refusing with one sentence.
 *
 * <p><em>Immutable</em>.
 */
public final class Check {
    private static final int MAX_PORT = 65535;
    /** The longest name that there can be, and a port. */
    private static final int MAX_ADDRESS = 253 + 6;

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
        if (value == null || value.length() > MAX_ADDRESS || !isNamed(value)) {
            throw Refusal.invalid(field, value, "host:port, port 1 to 65535");
        }
        return value;
    }

    private static boolean isNamed(String value) {
        try {
            return HostPort.parseNamed(value).port() > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
