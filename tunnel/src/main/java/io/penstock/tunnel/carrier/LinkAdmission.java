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

    /** A far end that is expected, and where its carrier shall live. <em>Immutable</em>. */
    sealed interface Expected {

        /** The event loop of the link. */
        EventLoop loop();

        /**
         * The far end of a link that begins.
         *
         * @param invitation which link, which end, who serves it
         * @param loop the event loop of the connections whose streams it will carry
         */
        record First(LinkInvitation invitation, EventLoop loop) implements Expected {}

        /** The far end of a link that goes on, on this carrier. */
        record Next(Link link) implements Expected {
            @Override
            public EventLoop loop() {
                return ((NettyLoop) link.loop()).eventLoop();
            }
        }
    }

    /** The link that the bearer of the token may be the far end of; none when the token is not expected. */
    Optional<Expected> admit(byte[] token);

    /** The link has begun, or gone on, on its loop. */
    void onLink(Link link);

    /** Hears of each refusal, for the counters. */
    void onRefused(JoinRefusal refusal);
}
