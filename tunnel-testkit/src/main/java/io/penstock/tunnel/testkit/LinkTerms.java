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
 *     <p><em>Immutable</em>.
 */
public record LinkTerms(CreditPolicy credit, int maxUnacknowledged, long budget, int capacity) {

    public static final Duration DRAIN_GRACE = Duration.ofSeconds(30);
    public static final Duration STALL_TIMEOUT = Duration.ofSeconds(60);

    public static LinkTerms defaults() {
        return new LinkTerms(CreditPolicy.defaults(), 8 * 1024 * 1024, 256 * 1024 * 1024, 64 * 1024);
    }

    public LinkTerms window(int initial, int max) {
        return new LinkTerms(new CreditPolicy(initial, max), maxUnacknowledged, budget, capacity);
    }

    public LinkTerms unacknowledged(int bytes) {
        return new LinkTerms(credit, bytes, budget, capacity);
    }

    public LinkTerms budget(long bytes) {
        return new LinkTerms(credit, maxUnacknowledged, bytes, capacity);
    }

    public LinkTerms capacity(int bytes) {
        return new LinkTerms(credit, maxUnacknowledged, budget, bytes);
    }

    LinkSettings settings() {
        return new LinkSettings(credit, maxUnacknowledged, KeepAlivePolicy.defaults(), DRAIN_GRACE, STALL_TIMEOUT);
    }
}
