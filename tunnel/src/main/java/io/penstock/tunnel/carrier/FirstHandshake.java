package io.penstock.tunnel.carrier;

import io.netty.channel.Channel;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkSide;
import org.jspecify.annotations.Nullable;

/**
 * The hellos of a link that begins.
 *
 * <p><em>Immutable</em>.
 */
record FirstHandshake(LinkMaker maker, LinkInvitation invitation) implements Handshake {

    @Override
    public LinkId link() {
        return invitation.id();
    }

    @Override
    public LinkSide side() {
        return invitation.side();
    }

    @Override
    public boolean isWanted() {
        return true;
    }

    @Override
    public LinkHello hello() {
        return maker.hello(link(), side(), 0);
    }

    @Override
    public @Nullable String faultOf(LinkHello peer) {
        return peer.receivedOffset() == 0
                ? null
                : "received offset: " + peer.receivedOffset() + " (expected: 0, the link has just begun here)";
    }

    @Override
    public Link complete(LinkHello peer, TcpCarrier carrier, Channel channel) {
        Link link = maker.make(invitation, peer, carrier, channel);
        carrier.carry(link);
        link.start();
        return link;
    }
}
