package io.penstock.tunnel.link;

import io.penstock.tunnel.flow.CreditPolicy;
import java.time.Duration;

/**
 * How the links of a process behave.
 *
 * @param credit the receive windows of streams
 * @param maxUnacknowledged bytes sent on one link that the peer has not acknowledged, at most; no DATA leaves beyond it
 * @param keepAlive signs of life
 * @param drainGrace how long running streams may take to finish once a link drains
 * @param stallTimeout how long a stream may stand still before it is reset, and that only while memory is short
 * @param resumeGrace how long a link may be without a carrier before it ends; 0 lets it end with its carrier
 *     <p><em>Immutable</em>.
 */
public record LinkSettings(
        CreditPolicy credit,
        int maxUnacknowledged,
        KeepAlivePolicy keepAlive,
        Duration drainGrace,
        Duration stallTimeout,
        Duration resumeGrace) {

    private static final int LEAST_UNACKNOWLEDGED = 256 * 1024;

    public LinkSettings {
        if (maxUnacknowledged < LEAST_UNACKNOWLEDGED) {
            throw new IllegalArgumentException("maxUnacknowledged: " + maxUnacknowledged + " (expected: >= 256 KiB)");
        }
    }

    public static LinkSettings defaults() {
        return new LinkSettings(
                CreditPolicy.defaults(),
                8 * 1024 * 1024,
                KeepAlivePolicy.defaults(),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30));
    }
}
