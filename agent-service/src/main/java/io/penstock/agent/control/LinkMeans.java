package io.penstock.agent.control;

/**
 * What links are made with.
 *
 * @param dialler dials carriers at relays
 * @param lookup finds relays
 * @param admission expects gateways at the link port
 *     <p><em>Thread-safe</em>.
 */
public record LinkMeans(LinkDialler dialler, HostLookup lookup, DirectAdmission admission) {}
