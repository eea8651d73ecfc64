package io.penstock.gateway.cli;

import java.util.Locale;

/**
 * Numbers as people read them.
 *
 * <p><em>Immutable</em>.
 */
final class Figures {

    private static final long UNIT = 1024;
    private static final String[] NAMES = {"", "K", "M", "G", "T"};

    private Figures() {}

    /** "0 B", "999 B", "1.5 KiB", "12.0 MiB". */
    static String bytes(long count) {
        int power = power(count);
        return power == 0 ? count + " B" : scaled(count, power) + " " + NAMES[power] + "iB";
    }

    /** "0", "999", "1.5K", "12.0M". */
    static String shortBytes(long count) {
        int power = power(count);
        return power == 0 ? Long.toString(count) : scaled(count, power) + NAMES[power];
    }

    private static int power(long count) {
        int power = 0;
        for (long rest = count; rest >= UNIT && power < NAMES.length - 1; rest /= UNIT) {
            power++;
        }
        return power;
    }

    private static String scaled(long count, int power) {
        return String.format(Locale.ROOT, "%.1f", count / Math.pow(UNIT, power));
    }

    /** A share of one as whole percents: "26%". */
    static String percent(double share) {
        return Math.round(share * 100) + "%";
    }

    /** "1 stream", "2 streams". */
    static String plural(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
