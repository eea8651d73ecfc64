package io.penstock.tunnel.flow;

/**
 * The bounds of a stream's receive window.
 *
 * @param initialWindow bytes that a peer may send on a new stream before any credit, 16 KiB to {@code maxWindow}
 * @param maxWindow the most bytes a window grows to, at most 64 MiB
 *     <p><em>Immutable</em>.
 */
public record CreditPolicy(int initialWindow, int maxWindow) {

    public static final int MIN_WINDOW = 16 * 1024;
    public static final int MAX_WINDOW = 64 * 1024 * 1024;

    public CreditPolicy {
        if (initialWindow < MIN_WINDOW || initialWindow > maxWindow) {
            throw new IllegalArgumentException(
                    "initialWindow: " + initialWindow + " (expected: 16 KiB to maxWindow " + maxWindow + ")");
        }
        if (maxWindow > MAX_WINDOW) {
            throw new IllegalArgumentException("maxWindow: " + maxWindow + " (expected: at most 64 MiB)");
        }
    }

    public static CreditPolicy defaults() {
        return new CreditPolicy(64 * 1024, 4 * 1024 * 1024);
    }
}
