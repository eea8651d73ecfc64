package io.penstock.gateway.forward;

import io.netty.channel.Channel;
import io.penstock.tunnel.relay.DialEvents;
import io.penstock.tunnel.relay.DialPolicy;
import java.time.Duration;

/**
 * How every loop dials local targets.
 *
 * @param policy for each target on each loop
 * @param holds counts and bounds what waits for targets that refuse
 * @param heldWhileDraining how long a stream may still wait whose link drains: less than the link's grace, so that its agent
 *     hears that nobody has read it
 *     <p><em>Immutable</em>.
 */
public record DialTerms(
        Class<? extends Channel> channelType,
        DialPolicy policy,
        DialEvents events,
        HoldBook holds,
        Duration heldWhileDraining) {}
