package io.penstock.manager.pairing;

import java.time.Duration;

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

    Duration after(Duration before) {
        Duration doubled = before.multipliedBy(2);
        return doubled.compareTo(most) > 0 ? most : doubled;
    }
}
