package io.penstock.manager.pairing;

import java.time.Duration;
import java.time.Instant;

/**
 * How soon a lost link is replaced.
 *
 * <p><em>Immutable</em>.
 *
 * @param first the wait before the first replacement
 * @param most the longest wait; each loss doubles the wait up to it
 * @param settled a link that was open this long starts again at the first wait
 * @param tokenLife how long after its assignment a link may be joined
 */
public record ReplacementPolicy(Duration first, Duration most, Duration settled, Duration tokenLife) {

    /** At half of its life: whoever loses a carrier while no manager answers can still come back for the other half. */
    boolean isToRenew(Instant expiresAt, Instant wall) {
        return !wall.isBefore(expiresAt.minus(tokenLife.dividedBy(2)));
    }

    Duration after(Duration before) {
        Duration doubled = before.multipliedBy(2);
        return doubled.compareTo(most) > 0 ? most : doubled;
    }
}
