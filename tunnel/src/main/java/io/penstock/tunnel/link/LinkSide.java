package io.penstock.tunnel.link;

import java.util.Optional;

/**
 * The two ends of a link.
 *
 * <p><em>Immutable</em>.
 */
public enum LinkSide {
    /** The end in the cluster, where callers connect. */
    AGENT(1),
    /** The end on the laptop, where the app under development runs. */
    GATEWAY(2);

    private final int wire;

    LinkSide(int wire) {
        this.wire = wire;
    }

    /** Returns the side that the number stands for, or nothing when no side has it. */
    public static Optional<LinkSide> ofWire(int wire) {
        return switch (wire) {
            case 1 -> Optional.of(AGENT);
            case 2 -> Optional.of(GATEWAY);
            default -> Optional.empty();
        };
    }

    public int wire() {
        return wire;
    }

    public LinkSide opposite() {
        return this == AGENT ? GATEWAY : AGENT;
    }
}
