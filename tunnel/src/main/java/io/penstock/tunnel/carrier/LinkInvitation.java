package io.penstock.tunnel.carrier;

import static java.util.Objects.requireNonNull;

import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkListener;
import io.penstock.tunnel.link.LinkSide;

/**
 * One link that this process is asked to be an end of.
 *
 * @param id which link
 * @param side which end we are
 * @param listener who serves its streams
 *     <p><em>Immutable</em>.
 */
public record LinkInvitation(LinkId id, LinkSide side, LinkListener listener) {

    public LinkInvitation {
        requireNonNull(id, "id");
        requireNonNull(side, "side");
        requireNonNull(listener, "listener");
    }
}
