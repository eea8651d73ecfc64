package io.penstock.tunnel.carrier;

import io.netty.channel.Channel;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkSide;
import org.jspecify.annotations.Nullable;

/**
 * What the two hellos on a carrier are about: a link that begins, or one that goes on.
 *
 * <p><em>Loop-confined</em>.
 */
interface Handshake {

    LinkId link();

    /** Our side. */
    LinkSide side();

    /** Whether it is still wanted; asked when the carrier is there, before anything is said on it. */
    boolean isWanted();

    /** Our hello, asked for once, when it is said. */
    LinkHello hello();

    /** What is wrong with the peer's hello for this link, as "what: value (expected: ...)", or null. */
    @Nullable
    String faultOf(LinkHello peer);

    /** Puts the link on the carrier; the peer's bytes follow. */
    Link complete(LinkHello peer, TcpCarrier carrier, Channel channel);
}
