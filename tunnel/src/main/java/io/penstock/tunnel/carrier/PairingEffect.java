package io.penstock.tunnel.carrier;

import io.penstock.tunnel.link.LinkId;

/**
 * What the relay has to do after a pairing decision.
 *
 * <p><em>Immutable</em>.
 */
sealed interface PairingEffect<C> {
    /** Answer this carrier with the refusal and close it. */
    record Refuse<C>(C carrier, JoinRefusal refusal, String detail) implements PairingEffect<C> {}

    /** Keep this carrier, unanswered, until its counterpart comes or the pairing deadline is over. */
    record Await<C>(C carrier) implements PairingEffect<C> {}

    /** Answer both carriers and splice them. */
    record Join<C>(LinkId link, C agent, C gateway) implements PairingEffect<C> {}

    /** Reset the two spliced carriers: a newer carrier shows that at least one of them is dead. */
    record Part<C>(LinkId link, C agent, C gateway) implements PairingEffect<C> {}
}
