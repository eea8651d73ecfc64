package io.penstock.tunnel.frame;

/** Why a stream or a link ended, on the wire, in metrics and in sentences. <em>Immutable</em>. */
public enum ResetCode {
    /** Both directions were half-closed; never sent in a RESET. */
    NONE(0, "ended cleanly", false),
    APP_REFUSED(1, "the target refused the connection: nothing listens there", true),
    DIAL_TIMEOUT(2, "the target did not answer the dial before its deadline", true),
    DIAL_FAILED(3, "the target could not be reached", true),
    UNKNOWN_TARGET(4, "the gateway does not serve this intercept and port", true),
    REFUSED_MEMORY(5, "the far side is at its memory budget", true),
    REFUSED_LIMIT(6, "a configured limit is reached", true),
    GOING_AWAY(7, "the link takes no new streams", true),
    CONNECTION_RESET(8, "the connection was reset by its peer", false),
    CANCELLED(9, "the opener no longer wants the stream", false),
    STALLED(10, "nothing moved for the stall time-out while memory was short", false),
    LINK_LOST(11, "the link ended while the stream was open", false),
    DRAIN_TIMEOUT(12, "the stream outlived the drain grace", false),
    PROTOCOL_ERROR(13, "the peer broke the protocol", false),
    KEEP_ALIVE_TIMEOUT(14, "the peer was silent for too long", false),
    SHUTDOWN(15, "the process stops", false),
    INTERNAL_ERROR(16, "a defect; please report it", false);

    private static final ResetCode[] BY_WIRE = values();

    private final int wire;
    private final String meaning;
    private final boolean reachedNobody;

    ResetCode(int wire, String meaning, boolean reachedNobody) {
        this.wire = wire;
        this.meaning = meaning;
        this.reachedNobody = reachedNobody;
    }

    int wire() {
        return wire;
    }

    /** One sentence for people, without the full stop. */
    public String meaning() {
        return meaning;
    }

    /** Whether no byte of the stream can have reached an app, so that its bytes may be replayed elsewhere. */
    public boolean reachedNobody() {
        return reachedNobody;
    }

    /** A number from a newer peer reads as {@link #INTERNAL_ERROR}: the stream ends all the same. */
    static ResetCode ofWire(int wire) {
        return wire >= 0 && wire < BY_WIRE.length ? BY_WIRE[wire] : INTERNAL_ERROR;
    }
}
