package io.penstock.tunnel.carrier;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import io.penstock.tunnel.link.CarrierAttempt;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkSide;
import org.jspecify.annotations.Nullable;

/**
 * The hellos of a link that goes on, on another carrier.
 *
 * <p><em>Loop-confined</em>, to the link's loop.
 */
final class ResumeHandshake implements Handshake {

    private final LinkMaker maker;
    private final Link resuming;
    private @Nullable CarrierAttempt attempt;

    ResumeHandshake(LinkMaker maker, Link resuming) {
        this.maker = maker;
        this.resuming = resuming;
    }

    @Override
    public LinkId link() {
        return resuming.id();
    }

    @Override
    public LinkSide side() {
        return resuming.side();
    }

    /** From here on nothing that still arrives on an older carrier counts: the offset must stay true. */
    @Override
    public LinkHello hello() {
        attempt = resuming.attempt();
        return maker.hello(link(), side(), attempt.received());
    }

    /** Nothing: whether the offset can be is for the link to say. */
    @Override
    public @Nullable String faultOf(LinkHello peer) {
        return null;
    }

    @Override
    public Link complete(LinkHello peer, TcpCarrier carrier, Channel channel) {
        carrier.carry(resuming);
        resuming.resume(requireNonNull(attempt, "attempt"), carrier, peer.receivedOffset());
        return resuming;
    }
}
