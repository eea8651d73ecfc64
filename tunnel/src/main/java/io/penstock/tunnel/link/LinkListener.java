package io.penstock.tunnel.link;

import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamListener;

/**
 * What a service hears of its links, on each link's loop.
 *
 * <p><em>Loop-confined</em>.
 */
public interface LinkListener {

    /**
     * The peer opened a stream. The service begins to reach the target, and answers by {@link MuxStream#accept} or
     * {@link MuxStream#reset}, now or later. The returned listener hears all that follows, bytes that come before the answer
     * among it.
     */
    StreamListener onStream(Link link, MuxStream stream);

    /** The peer, or this side, asked for no new streams on the link. */
    default void onDraining(Link link) {}

    /**
     * The link has lost its carrier, or has heard nothing on it for a while: whoever can should bring another, by
     * {@link Link#attempt} and {@link Link#resume}, as long as {@link Link#wantsCarrier}.
     */
    default void onCarrierWanted(Link link, String why) {}

    /** The link goes on, on another carrier, and the far end has been heard on it. */
    default void onResumed(Link link) {}

    /** The link is over; all of its streams have heard of it before. */
    void onClosed(Link link, CloseCause cause);
}
