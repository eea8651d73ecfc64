package io.penstock.tunnel.link;

/** Where a link is in its life, with what it may do there. <em>Immutable</em>. */
public enum LinkState {
    /** On a carrier. To {@link #RESUMING} when that is lost, to {@link #DRAINING} on go-away by either end. */
    OPEN(true),
    /**
     * Without a carrier; everything that waits is kept. Back to where it was when both ends have met on another one; to
     * {@link #CLOSED} after the resume grace.
     */
    RESUMING(false),
    /** On a carrier, without new streams; running ones finish. To {@link #CLOSED} after the last one, or after the drain grace. */
    DRAINING(false),
    /** Over; the first cause is kept. */
    CLOSED(false);

    private final boolean canOpen;

    LinkState(boolean canOpen) {
        this.canOpen = canOpen;
    }

    public boolean canOpen() {
        return canOpen;
    }
}
