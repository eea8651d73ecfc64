package io.penstock.bench.load;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a request to a {@link TinyWebApp} asks for, with its number of bytes or milliseconds. Immutable. */
record TinyWebRoute(Kind kind, long number) {
    private static final Pattern NUMBERED =
            Pattern.compile("/(bytes|broken/reset|broken/short|broken/altered)/(\\d{1,15})");
    private static final Pattern SLOW = Pattern.compile("/slow\\?ms=(\\d{1,6})");

    /** The kinds of answers. */
    enum Kind {
        GREETING,
        BYTES,
        ECHO,
        SLOW,
        RESET,
        SHORT,
        ALTERED,
        UNKNOWN
    }

    static TinyWebRoute of(String uri) {
        if (uri.equals("/")) {
            return new TinyWebRoute(Kind.GREETING, 0);
        }
        if (uri.equals("/echo")) {
            return new TinyWebRoute(Kind.ECHO, 0);
        }
        Matcher slow = SLOW.matcher(uri);
        if (slow.matches()) {
            return new TinyWebRoute(Kind.SLOW, Long.parseLong(slow.group(1)));
        }
        Matcher numbered = NUMBERED.matcher(uri);
        return numbered.matches()
                ? new TinyWebRoute(kindOf(numbered.group(1)), Long.parseLong(numbered.group(2)))
                : new TinyWebRoute(Kind.UNKNOWN, 0);
    }

    private static Kind kindOf(String word) {
        return switch (word) {
            case "bytes" -> Kind.BYTES;
            case "broken/reset" -> Kind.RESET;
            case "broken/short" -> Kind.SHORT;
            default -> Kind.ALTERED;
        };
    }

    /** Returns how many of the announced bytes are sent at all. */
    long bytesToSend() {
        return kind == Kind.RESET || kind == Kind.SHORT ? number / 2 : number;
    }

    /** Says whether the block that holds the middle byte is to be sent altered. */
    boolean alters(long offset, int length) {
        return kind == Kind.ALTERED && offset <= number / 2 && number / 2 < offset + length;
    }
}
