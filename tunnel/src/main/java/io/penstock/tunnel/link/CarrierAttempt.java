package io.penstock.tunnel.link;

/**
 * One try to bring a link on to another carrier; of several the newest wins.
 *
 * @param number counts the tries of this end
 * @param received how many numbered bytes of the peer have arrived here: our hello says so
 *     <p><em>Immutable</em>.
 */
public record CarrierAttempt(long number, long received) {}
