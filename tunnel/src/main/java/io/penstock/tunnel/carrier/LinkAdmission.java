package io.penstock.tunnel.carrier;

import java.util.Optional;

/**
 * Who may join at a link port. Asked on event loops.
 *
 * <p><em>Thread-safe</em>.
 */
public interface LinkAdmission {

    /** The link that the bearer of the token may be the far end of; none when the token is not expected. */
    Optional<LinkInvitation> admit(byte[] token);

    /** Hears of each refusal, for the counters. */
    void onRefused(JoinRefusal refusal);
}
