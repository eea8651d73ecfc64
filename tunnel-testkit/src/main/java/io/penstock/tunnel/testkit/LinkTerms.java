package io.penstock.tunnel.testkit;

import io.penstock.tunnel.flow.CreditPolicy;
import io.penstock.tunnel.link.KeepAlivePolicy;
import io.penstock.tunnel.link.LinkSettings;
import java.time.Duration;

/**
 * What one end of a test's link works with.
 *
 * @param credit the receive windows
 * @param maxUnacknowledged the bound of the replay buffer in bytes
 * @param budget the end's memory in bytes
 * @param capacity bytes that the end's carrier takes before it is no longer writable
 * @param resumeGrace how long the link waits for another carrier; 0, the default of tests, lets it end with its first
 *     <p><em>Immutable</em>.
 */
public record LinkTerms(CreditPolicy credit, int maxUnacknowledged, long budget, int capacity, Duration resumeGrace) {

    public static final Duration DRAIN_GRACE = Duration.ofSeconds(30);
    public static final Duration STALL_TIMEOUT = Duration.ofSeconds(60);

    public static LinkTerms defaults() {
        return new LinkTerms(CreditPolicy.defaults(), 8 * 1024 * 1024, 256 * 1024 * 1024, 64 * 1024, Duration.ZERO);
    }

    public LinkTerms window(int initial, int max) {
        return new LinkTerms(new CreditPolicy(initial, max), maxUnacknowledged, budget, capacity, resumeGrace);
    }

    public LinkTerms unacknowledged(int bytes) {
        return new LinkTerms(credit, bytes, budget, capacity, resumeGrace);
    }

    public LinkTerms budget(long bytes) {
        return new LinkTerms(credit, maxUnacknowledged, bytes, capacity, resumeGrace);
    }

    public LinkTerms capacity(int bytes) {
        return new LinkTerms(credit, maxUnacknowledged, budget, bytes, resumeGrace);
    }

    public LinkTerms resume(Duration grace) {
        return new LinkTerms(credit, maxUnacknowledged, budget, capacity, grace);
    }

    public LinkSettings settings() {
        return new LinkSettings(
                credit, maxUnacknowledged, KeepAlivePolicy.defaults(), DRAIN_GRACE, STALL_TIMEOUT, resumeGrace);
    }
}
