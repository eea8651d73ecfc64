package io.penstock.tunnel.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteRateTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void letsATenthOfASecondPassAtOnceAfterARest() {
        ByteRate rate = new ByteRate(1000, 0);

        assertThat(rate.draw(100, 0)).isZero();
        assertThat(rate.draw(1, 0)).isEqualTo(SECOND / 1000);
        assertThat(rate.draw(100, 10 * SECOND)).isZero();
        assertThat(rate.draw(1, 10 * SECOND)).isEqualTo(SECOND / 1000);
    }

    @Test
    void makesWhoDrawsMoreWaitForWhatEverybodyDrew() {
        ByteRate rate = new ByteRate(1000, 0);
        rate.draw(100, 0);

        assertThat(rate.draw(500, 0)).isEqualTo(SECOND / 2);
        assertThat(rate.draw(500, 0)).isEqualTo(SECOND);
        assertThat(rate.draw(0, SECOND / 4)).isEqualTo(SECOND / 4 * 3);
    }

    /** Drawers that wait as they are told move what the rate says, whatever the size of their draws. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000, 65_536})
    void holdsTheRateOverTime(int draw) {
        long start = Long.MAX_VALUE - 3 * SECOND; // The clock wraps on the way.
        ByteRate rate = new ByteRate(100_000, start);
        long elapsed = 0;
        long moved = 0;

        while (elapsed < 20 * SECOND) {
            moved += draw;
            elapsed += rate.draw(draw, start + elapsed);
        }

        assertThat(moved).isBetween(2_000_000L, 2_010_000L + 2L * draw);
    }

    @Test
    void letsNobodyWaitForLongerThanTenSeconds() {
        ByteRate rate = new ByteRate(1000, 0);

        assertThat(rate.draw(1_000_000_000, 0)).isEqualTo(10 * SECOND);
        assertThat(rate.draw(0, 10 * SECOND)).isZero();
    }

    @Test
    void refusesARateOfNothing() {
        assertThatThrownBy(() -> new ByteRate(0, 0)).hasMessage("bytesPerSecond: 0 (expected: >= 1)");
    }
}
