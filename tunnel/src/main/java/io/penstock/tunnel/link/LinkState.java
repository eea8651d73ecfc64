package io.penstock.tunnel.link;

/** Where a link is in its life, with what it may do there. <em>Immutable</em>. */
public enum LinkState {
    /** Both ends have shaken hands. To {@link #DRAINING} on go-away by either end, to {@link #CLOSED} when its carrier ends. */
    OPEN(true),
    /** No new streams; running ones finish. To {@link #CLOSED} after the last one, or after the drain grace. */
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
