package io.penstock.agent.control;

import io.netty.util.concurrent.Future;
import io.penstock.tunnel.carrier.LinkDoor;
import io.penstock.tunnel.carrier.LinkInvitation;
import io.penstock.tunnel.carrier.LinkTender;
import io.penstock.tunnel.link.Link;

/**
 * How carriers are dialled, on the event loop of a slot.
 *
 * <p><em>Thread-safe</em>.
 */
public interface LinkDialler {

    Future<Link> dial(int slot, LinkDoor.Opening opening, LinkInvitation invitation);

    /** What keeps one link on a carrier that is dialled at the door. */
    LinkTender tender(LinkDoor door);
}
