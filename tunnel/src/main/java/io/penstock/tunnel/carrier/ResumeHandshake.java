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

    /** A carrier that was silent may have come back while this one was dialled. */
    @Override
    public boolean isWanted() {
        return resuming.wantsCarrier();
    }

    /** From here on nothing that still arrives on an older carrier counts: the offset must stay true. */
    @Override
    public LinkHello hello() {
        attempt = resuming.attempt();
        return maker.hello(link(), side(), attempt.received());
    }

    @Override
    public @Nullable String faultOf(LinkHello peer) {
        return resuming.faultOf(peer.receivedOffset());
    }

    @Override
    public Link complete(LinkHello peer, TcpCarrier carrier, Channel channel) {
        maker.carriers().add(channel);
        carrier.carry(resuming);
        resuming.resume(requireNonNull(attempt, "attempt"), carrier, peer.receivedOffset());
        return resuming;
    }
}
