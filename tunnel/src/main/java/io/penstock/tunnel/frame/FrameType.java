package io.penstock.tunnel.frame;

import org.jspecify.annotations.Nullable;

/** The kinds of frame, with what each header may say. <em>Immutable</em>. */
public enum FrameType {
    OPEN(1, true, 4, 640),
    ACCEPT(2, true, 0, 0),
    DATA(3, true, 1, Frame.MAX_DATA),
    CREDIT(4, true, 4, 4),
    HALF_CLOSE(5, true, 0, 0),
    RESET(6, true, 2, 2 + Frame.MAX_DETAIL),
    PING(7, false, 8, 8),
    PONG(8, false, 8, 8),
    GO_AWAY(9, false, 6, 6),
    ACK(10, false, 8, 8),
    CLOSE(11, false, 2, 2 + Frame.MAX_DETAIL);

    private static final FrameType[] BY_WIRE = new FrameType[12];

    static {
        for (FrameType type : values()) {
            BY_WIRE[type.wire] = type;
        }
    }

    private final int wire;
    private final boolean onStream;
    private final int minLength;
    private final int maxLength;

    FrameType(int wire, boolean onStream, int minLength, int maxLength) {
        this.wire = wire;
        this.onStream = onStream;
        this.minLength = minLength;
        this.maxLength = maxLength;
    }

    int wire() {
        return wire;
    }

    static @Nullable FrameType ofWire(int wire) {
        return wire >= 0 && wire < BY_WIRE.length ? BY_WIRE[wire] : null;
    }

    /** What is wrong with a header of this type, as "what: value (expected: ...)", or null. */
    @Nullable
    String faultOf(int length, int streamId) {
        if (length < minLength || length > maxLength) {
            return this + " length: " + length + " (expected: " + minLength + " to " + maxLength + ")";
        }
        if (onStream ? streamId <= 0 : streamId != 0) {
            return this + " stream: " + (streamId & 0xffffffffL) + " (expected: " + (onStream ? "1 to 2147483647" : "0")
                    + ")";
        }
        return null;
    }
}
