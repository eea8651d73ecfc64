package io.penstock.tunnel.flow;

/** A clock and a budget set by hand. */
final class FixedGrowth implements WindowGrowth {

    long now;
    long roundTrip;
    boolean mayGrow = true;
    boolean mustShrink;

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public long roundTripNanos() {
        return roundTrip;
    }

    @Override
    public boolean mayGrow() {
        return mayGrow;
    }

    @Override
    public boolean mustShrink() {
        return mustShrink;
    }
}
