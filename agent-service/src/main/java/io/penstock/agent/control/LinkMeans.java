package io.penstock.agent.control;

import io.penstock.tunnel.tls.ClientTls;

/**
 * What links are made with.
 *
 * @param dialler dials carriers at relays
 * @param lookup finds relays
 * @param tls spoken with relays where the manager says so
 * @param admission expects gateways at the link port
 *     <p><em>Thread-safe</em>.
 */
public record LinkMeans(LinkDialler dialler, HostLookup lookup, ClientTls tls, DirectAdmission admission) {}
