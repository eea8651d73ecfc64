package io.penstock.gateway.cli;

import java.util.Locale;

/**
 * Numbers as people read them.
 *
 * <p><em>Immutable</em>.
 */
final class Figures {

    private static final long UNIT = 1024;
    private static final String[] NAMES = {"KiB", "MiB", "GiB", "TiB"};

    private Figures() {}

    /** "0 B", "999 B", "1.5 KiB", "12.0 MiB". */
    static String bytes(long count) {
        if (count < UNIT) {
            return count + " B";
        }
        double amount = count;
        int name = -1;
        while (amount >= UNIT && name < NAMES.length - 1) {
            amount /= UNIT;
            name++;
        }
        return String.format(Locale.ROOT, "%.1f %s", amount, NAMES[name]);
    }

    /** A share of one as whole percents. */
    static String percent(double share) {
        return Math.round(share * 100) + " %";
    }

    /** "1 stream", "2 streams". */
    static String plural(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
