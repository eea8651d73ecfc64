package io.penstock.agent.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes.
 *
 * <p><em>Immutable</em>.
 */
record ByteSize(long bytes) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(B|KiB|MiB|GiB)");

    /**
     * Reads {@code 64MiB} and the like.
     *
     * @throws IllegalArgumentException with one sentence when the text is not a size
     */
    static ByteSize parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' (expected: a size such as 64MiB; B, KiB, MiB or GiB)");
        }
        int shift = switch (matcher.group(2)) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            case "GiB" -> 30;
            default -> 0;
        };
        return new ByteSize(Long.parseLong(matcher.group(1)) << shift);
    }
}
