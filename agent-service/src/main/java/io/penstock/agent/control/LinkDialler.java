package io.penstock.agent.control;

import io.netty.util.concurrent.Future;
import io.penstock.tunnel.carrier.LinkInvitation;
import io.penstock.tunnel.link.Link;
import java.net.InetSocketAddress;

/**
 * How carriers are dialled, on the event loop of a slot.
 *
 * <p><em>Thread-safe</em>.
 */
public interface LinkDialler {

    Future<Link> dial(int slot, InetSocketAddress address, byte[] joinToken, LinkInvitation invitation);
}
