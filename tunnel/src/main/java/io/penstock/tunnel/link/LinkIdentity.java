package io.penstock.tunnel.link;

/**
 * Which link this is, and which end of it.
 *
 * @param id the link
 * @param side our end
 * @param peerWindow the first window of every stream towards the peer, in bytes, as its handshake announced
 * @param peerResumes whether the peer, too, would go on with the link on another carrier
 *     <p><em>Immutable</em>.
 */
public record LinkIdentity(LinkId id, LinkSide side, int peerWindow, boolean peerResumes) {

    /** Agents open odd streams, gateways even ones. */
    int firstStream() {
        return side == LinkSide.AGENT ? 1 : 2;
    }
}
