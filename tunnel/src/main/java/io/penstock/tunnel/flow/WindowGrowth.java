package io.penstock.tunnel.flow;

/**
 * What a receive window needs to know of its link and process to choose its size.
 *
 * <p><em>Loop-confined</em>.
 */
public interface WindowGrowth {

    /** The owning loop's clock, in nanoseconds. */
    long nanoTime();

    /** The link's round trip in nanoseconds, or 0 before the first measurement. */
    long roundTripNanos();

    /** Whether the process is far enough inside its memory budget for windows to grow. */
    boolean mayGrow();

    /** Whether the process is so short of memory that windows fall back to their first size. */
    boolean mustShrink();
}
