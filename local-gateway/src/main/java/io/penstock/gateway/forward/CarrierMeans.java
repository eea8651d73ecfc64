package io.penstock.gateway.forward;

/**
 * What carriers are dialled with.
 *
 * @param lookup on threads that do nothing else, so that links wait for no target's name
 * @param tls where it is spoken
 * @param memory of what has worked
 *     <p><em>Thread-safe</em>.
 */
record CarrierMeans(AddressLookup lookup, TlsBook tls, CarrierMemory memory) {}
