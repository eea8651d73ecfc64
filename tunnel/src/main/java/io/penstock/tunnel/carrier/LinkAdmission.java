package io.penstock.tunnel.carrier;

import io.netty.channel.EventLoop;
import io.penstock.tunnel.link.Link;
import java.util.Optional;

/**
 * Who may join at a link port. Asked on event loops.
 *
 * <p><em>Thread-safe</em>.
 */
public interface LinkAdmission {

    /**
     * A link that is expected, and where it shall live.
     *
     * @param invitation which link, which end, who serves it
     * @param loop the event loop of the connections whose streams it will carry
     */
    record Expected(LinkInvitation invitation, EventLoop loop) {}

    /** The link that the bearer of the token may be the far end of; none when the token is not expected. */
    Optional<Expected> admit(byte[] token);

    /** The link has begun, on its loop. */
    void onLink(Link link);

    /** Hears of each refusal, for the counters. */
    void onRefused(JoinRefusal refusal);
}
