package io.penstock.bench.rounds;

import java.util.Locale;

/**
 * A ratio of two medians of one metric that is to stay within a bound. Immutable.
 *
 * @param id the row of the acceptance list, for example {@code P1}
 */
record Goal(String id, Metric metric, Point subject, Point base, Bound bound) {
    /** One peer under one load. */
    record Point(String peer, String load) {}

    /** A limit, and on which side of it the goal is met. */
    record Bound(boolean atMost, double limit) {
        static Bound atMost(double limit) {
            return new Bound(true, limit);
        }

        static Bound atLeast(double limit) {
            return new Bound(false, limit);
        }

        boolean holds(double ratio) {
            return atMost ? ratio <= limit : ratio >= limit;
        }
    }

    /** Whether a goal is met. */
    enum Verdict {
        MET("met"),
        NOT_MET("not met"),
        /** One of the two has no figure, for example because all its requests failed. */
        UNKNOWN("unknown");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    double ratio(Measurements measured) {
        return measured.median(subject.peer(), subject.load(), metric)
                / measured.median(base.peer(), base.load(), metric);
    }

    Verdict verdict(Measurements measured) {
        double ratio = ratio(measured);
        if (!Double.isFinite(ratio)) {
            return Verdict.UNKNOWN;
        }
        return bound.holds(ratio) ? Verdict.MET : Verdict.NOT_MET;
    }

    /** Says it in words, for example {@code CPU s / 1000 on short-200 <= 0.65 x haproxy-2}. */
    String text() {
        String other = subject.peer().equals(base.peer()) ? "its own on " + base.load() : base.peer();
        return String.format(
                Locale.ROOT,
                "%s on %s %s %.2f x %s",
                metric.label(),
                subject.load(),
                bound.atMost() ? "≤" : "≥",
                bound.limit(),
                other);
    }
}
