package io.penstock.tunnel.relay;

import java.time.Duration;

/**
 * How a target is dialled. The queue's bound and what happens beyond it are here too: a stream that would be the
 * {@code queueLimit + 1}st to wait, or has waited longer than {@code queueWait}, is refused.
 *
 * @param concurrent dials under way at once, for each target and event loop: a dev server's backlog is often 128
 * @param deadline how long one dial may take
 * @param queueLimit streams that may wait for their dial; each holds at most its first window of bytes
 * @param queueWait how long a stream may wait for its dial to begin
 *     <p><em>Immutable</em>.
 */
public record DialPolicy(int concurrent, Duration deadline, int queueLimit, Duration queueWait) {

    public DialPolicy {
        if (concurrent < 1 || queueLimit < 1) {
            throw new IllegalArgumentException(
                    "concurrent: " + concurrent + ", queueLimit: " + queueLimit + " (expected: both >= 1)");
        }
    }

    public static DialPolicy defaults() {
        return new DialPolicy(64, Duration.ofSeconds(3), 100_000, Duration.ofSeconds(30));
    }
}
