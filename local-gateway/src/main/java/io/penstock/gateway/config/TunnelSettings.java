package io.penstock.gateway.config;

import io.penstock.tunnel.flow.CreditPolicy;
import io.penstock.tunnel.link.KeepAlivePolicy;
import io.penstock.tunnel.link.LinkSettings;
import io.penstock.tunnel.relay.DialPolicy;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/**
 * The gateway's settings in the tunnel's terms.
 *
 * <p><em>Startup only</em>.
 */
final class TunnelSettings {

    private TunnelSettings() {}

    static LinkSettings link(GatewayProperties.Link link) {
        GatewayProperties.KeepAlive alive = link.keepAlive();
        return new LinkSettings(
                new CreditPolicy(bytes(link.initialWindow()), bytes(link.maxWindow())),
                bytes(link.maxUnacknowledged()),
                new KeepAlivePolicy(alive.interval(), alive.openAnswer(), alive.suspectAfter(), alive.deadAfter()),
                link.drainGrace(),
                link.stallTimeout(),
                link.resumeGrace());
    }

    /** Each loop gets its share of the dials that one target is to see at once. */
    static DialPolicy dial(GatewayProperties.Dial dial, int loops) {
        int share = Math.max(1, dial.concurrent() / loops);
        return new DialPolicy(share, dial.timeout(), dial.queueLimit(), dial.queueWait());
    }

    /** Half of the grace is left for the answer. */
    static Duration heldWhileDraining(GatewayProperties.Link link) {
        return link.drainGrace().dividedBy(2);
    }

    private static int bytes(DataSize size) {
        return (int) Math.min(Integer.MAX_VALUE, size.toBytes());
    }
}
