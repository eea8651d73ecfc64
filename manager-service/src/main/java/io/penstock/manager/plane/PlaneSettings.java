package io.penstock.manager.plane;

import io.penstock.manager.intercept.InterceptRegistry;
import io.penstock.manager.pairing.ReplacementPolicy;
import io.penstock.manager.session.LeasePolicy;
import java.time.Duration;

/**
 * What can be set about the control plane.
 *
 * <p><em>Immutable</em>.
 *
 * @param drainGrace how long running streams of a left intercept may go on
 * @param room for sessions and agents
 * @param writeDeadline how long the control loop waits for the store
 */
public record PlaneSettings(
        LeasePolicy lease,
        Duration drainGrace,
        ReplacementPolicy replacement,
        InterceptRegistry.Capacity intercepts,
        Room room,
        Duration writeDeadline) {

    /**
     * How many there may be at once.
     *
     * <p><em>Immutable</em>.
     */
    public record Room(int sessions, int agents) {}
}
