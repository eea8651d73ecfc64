package io.penstock.manager.session;

import java.time.Duration;
import java.time.Instant;

/**
 * How often who must be heard, and how long the silent are waited for.
 *
 * <p><em>Immutable</em>.
 *
 * @param reportInterval how often agents and gateways are told to report
 * @param lease silence after which one counts as lost
 * @param resumeGrace how long a lost session may still resume
 */
public record LeasePolicy(Duration reportInterval, Duration lease, Duration resumeGrace) {

    public boolean isLapsed(Instant heardAt, Instant now) {
        return !now.isBefore(heardAt.plus(lease));
    }

    public boolean isGraceOver(Instant heardAt, Instant now) {
        return !now.isBefore(heardAt.plus(lease).plus(resumeGrace));
    }
}
