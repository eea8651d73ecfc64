package io.penstock.gateway.forward;

import io.netty.channel.Channel;
import io.penstock.tunnel.relay.DialEvents;
import io.penstock.tunnel.relay.DialPolicy;

/**
 * How every loop dials local targets.
 *
 * @param policy for each target on each loop
 *     <p><em>Immutable</em>.
 */
public record DialTerms(Class<? extends Channel> channelType, DialPolicy policy, DialEvents events) {}
