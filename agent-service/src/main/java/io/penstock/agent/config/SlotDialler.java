package io.penstock.agent.config;

import io.netty.util.concurrent.Future;
import io.penstock.agent.control.LinkDialler;
import io.penstock.tunnel.carrier.LinkConnector;
import io.penstock.tunnel.carrier.LinkDoor;
import io.penstock.tunnel.carrier.LinkInvitation;
import io.penstock.tunnel.carrier.LinkTender;
import io.penstock.tunnel.link.Link;

/**
 * Dials the carriers of each slot's links on the slot's event loop.
 *
 * <p><em>Thread-safe</em>.
 */
record SlotDialler(LinkConnector connector, DataPlane data) implements LinkDialler {

    @Override
    public Future<Link> dial(int slot, LinkDoor.Opening opening, LinkInvitation invitation) {
        return connector.dial(data.loop(slot), opening, invitation);
    }

    @Override
    public LinkTender tender(LinkDoor door) {
        return new LinkTender(connector, door);
    }
}
