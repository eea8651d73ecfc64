package io.penstock.tunnel.link;

import java.time.Duration;

/**
 * When a link asks for a sign of life, and what it makes of silence.
 *
 * @param interval between PINGs
 * @param openAnswer how long an OPEN may wait for its answer before a PING goes out at once
 * @param suspectAfter without a PONG or any other byte for this long after a PING the link takes no new streams
 * @param deadAfter without any byte for this long the carrier is given up
 *     <p><em>Immutable</em>.
 */
public record KeepAlivePolicy(Duration interval, Duration openAnswer, Duration suspectAfter, Duration deadAfter) {

    public KeepAlivePolicy {
        if (suspectAfter.compareTo(deadAfter) >= 0) {
            throw new IllegalArgumentException(
                    "suspectAfter: " + suspectAfter + " (expected: less than deadAfter " + deadAfter + ")");
        }
    }

    public static KeepAlivePolicy defaults() {
        return new KeepAlivePolicy(
                Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(15));
    }
}
