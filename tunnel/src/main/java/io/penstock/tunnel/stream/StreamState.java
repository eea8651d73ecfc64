package io.penstock.tunnel.stream;

/**
 * Where a stream is in its life, with what it may do there. "Local" and "remote" are HTTP/2's words. <em>Immutable</em>.
 */
public enum StreamState {
    /**
     * Announced, the far side's dial still under way. Data flows inside the first window. To {@link #OPEN} on ACCEPT, to
     * {@link #CLOSED} on reset or link loss.
     */
    OPENING(true, true),
    /** Both directions flow. To a half-closed state on either side's end, to {@link #CLOSED} on reset or link loss. */
    OPEN(true, true),
    /** We have ended our direction; the peer's still flows. To {@link #CLOSED} when it ends too. */
    HALF_CLOSED_LOCAL(false, true),
    /** The peer has ended its direction; ours still flows. To {@link #CLOSED} when it ends too. */
    HALF_CLOSED_REMOTE(true, false),
    /** Over; the first cause is kept. Nothing follows. */
    CLOSED(false, false);

    private final boolean canSend;
    private final boolean canReceive;

    StreamState(boolean canSend, boolean canReceive) {
        this.canSend = canSend;
        this.canReceive = canReceive;
    }

    public boolean canSend() {
        return canSend;
    }

    public boolean canReceive() {
        return canReceive;
    }

    public boolean isClosed() {
        return this == CLOSED;
    }
}
