package io.penstock.tunnel.carrier;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkContext;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkIdentity;
import io.penstock.tunnel.link.LinkSettings;
import io.penstock.tunnel.link.LinkSide;
import io.penstock.tunnel.link.TunnelEvents;

/**
 * What all links of a process have in common, and how one of them begins on a channel that has shaken hands.
 *
 * @param settings how links behave
 * @param budget the bytes that all of them may hold
 * @param events whom they report to
 * @param carriers where their carriers are found until they are closed
 *     <p><em>Thread-safe</em>.
 */
public record LinkMaker(LinkSettings settings, MemoryBudget budget, TunnelEvents events, OpenCarriers carriers) {

    public LinkMaker {
        requireNonNull(settings, "settings");
        requireNonNull(budget, "budget");
        requireNonNull(events, "events");
        requireNonNull(carriers, "carriers");
    }

    /** A maker with a book of carriers of its own. */
    public LinkMaker(LinkSettings settings, MemoryBudget budget, TunnelEvents events) {
        this(settings, budget, events, new OpenCarriers());
    }

    /** The hello of our end of a link, which has received that many numbered bytes. */
    LinkHello hello(LinkId link, LinkSide side, long received) {
        boolean resumes = !settings.resumeGrace().isZero();
        return new LinkHello(link, side, resumes, received, settings.credit().initialWindow());
    }

    Link make(LinkInvitation invitation, LinkHello peer, TcpCarrier carrier, Channel channel) {
        carriers.add(channel);
        LinkContext context =
                new LinkContext(new NettyLoop(channel.eventLoop()), settings, budget, channel.alloc(), events);
        LinkIdentity identity =
                new LinkIdentity(invitation.id(), invitation.side(), peer.initialWindow(), peer.resumes());
        return new Link(identity, context, carrier, invitation.listener());
    }
}
