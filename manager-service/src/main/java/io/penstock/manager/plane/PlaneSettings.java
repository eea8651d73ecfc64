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
 * @param sessions how many there may be
 * @param agents how many there may be
 */
public record PlaneSettings(
        LeasePolicy lease,
        Duration drainGrace,
        ReplacementPolicy replacement,
        InterceptRegistry.Capacity intercepts,
        int sessions,
        int agents) {}
