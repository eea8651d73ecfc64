package io.penstock.tunnel.carrier;

import static java.util.Objects.requireNonNull;

import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkSide;
import java.time.Instant;

/**
 * The permission to join one link as one of its sides, until a moment. The moment has whole seconds on the wire.
 *
 * <p><em>Immutable</em>.
 */
public record JoinToken(LinkId link, LinkSide side, Instant expiry) {
    public JoinToken {
        requireNonNull(link, "link");
        requireNonNull(side, "side");
        requireNonNull(expiry, "expiry");
    }

    boolean isExpiredAt(Instant now) {
        return now.getEpochSecond() >= expiry.getEpochSecond();
    }
}
