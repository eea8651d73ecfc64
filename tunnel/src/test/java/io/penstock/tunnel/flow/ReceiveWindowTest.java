package io.penstock.tunnel.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class ReceiveWindowTest {

    private static final int KIB = 1024;
    private static final long SECOND = 1_000_000_000L;

    private final FixedGrowth growth = new FixedGrowth();
    private final ReceiveWindow window = new ReceiveWindow(new CreditPolicy(64 * KIB, 256 * KIB), 0);

    /** The peer sends all it may, and the socket takes all of it. */
    private int turnOver() {
        int bytes = (int) window.credit();
        window.received(bytes, growth);
        return window.consumed(bytes, growth);
    }

    @Test
    void grantsAtHalfAWindow() {
        window.received(40 * KIB, growth);

        assertThat(window.consumed(32 * KIB - 1, growth)).isZero();
        assertThat(window.consumed(1, growth)).isEqualTo(32 * KIB);
        assertThat(window.credit()).isEqualTo(56 * KIB);
        assertThat(window.buffered()).isEqualTo(8 * KIB);
    }

    @Test
    void countsBytesInHandAgainstTheWindow() {
        window.received(64 * KIB, growth);
        assertThat(window.consumed(16 * KIB, growth)).isZero();

        assertThat(window.consumed(16 * KIB, growth)).isEqualTo(32 * KIB);

        assertThat(window.credit() + window.buffered()).isEqualTo(64 * KIB);
    }

    @Test
    void refusesBytesBeyondTheCredit() {
        assertThat(window.received(64 * KIB + 1, growth)).isFalse();
        assertThat(window.received(64 * KIB, growth)).isTrue();
        assertThat(window.received(1, growth)).isFalse();
        assertThat(window.buffered()).isEqualTo(64 * KIB);
    }

    @Test
    void refusesToCountBytesTwice() {
        window.received(10, growth);
        window.consumed(10, growth);

        assertThatThrownBy(() -> window.consumed(1, growth)).hasMessage("consumed: 1 (expected: 0 to 0)");
        assertThatThrownBy(() -> window.consumed(-1, growth)).hasMessage("consumed: -1 (expected: 0 to 0)");
    }

    @Test
    void doublesWhenTheRoundTripHoldsTheSenderBack() {
        growth.roundTrip = 30_000_000;
        growth.now = 59_999_999;
        assertThat(turnOver()).isEqualTo(128 * KIB);
        growth.now += 59_999_999;
        assertThat(turnOver()).isEqualTo(256 * KIB);
        growth.now += 1;

        assertThat(turnOver()).as("at the most").isEqualTo(256 * KIB);
        assertThat(window.size()).isEqualTo(256 * KIB);
    }

    @Test
    void staysWhenTwoRoundTripsWereEnough() {
        growth.roundTrip = 30_000_000;
        growth.now = 60_000_000;

        assertThat(turnOver()).isEqualTo(64 * KIB);
    }

    @Test
    void staysBeforeTheFirstRoundTripIsKnownAndWhileMemoryIsHalfUsed() {
        assertThat(turnOver()).isEqualTo(64 * KIB);
        growth.roundTrip = SECOND;
        growth.mayGrow = false;
        assertThat(turnOver()).isEqualTo(64 * KIB);
    }

    @Test
    void shrinksByGrantingLess() {
        growth.roundTrip = SECOND;
        turnOver();
        turnOver();
        assertThat(window.size()).isEqualTo(256 * KIB);
        growth.mustShrink = true;

        window.received(256 * KIB, growth);
        assertThat(window.consumed(128 * KIB, growth))
                .as("credit is never taken back")
                .isZero();
        assertThat(window.size()).isEqualTo(128 * KIB);
        assertThat(window.consumed(128 * KIB, growth)).isEqualTo(64 * KIB);

        assertThat(window.size()).isEqualTo(64 * KIB);
        assertThat(turnOver()).as("not below the first").isEqualTo(64 * KIB);
    }

    @Test
    void shrinksWhenTheStreamHasSlowedDown() {
        growth.roundTrip = SECOND;
        turnOver();
        assertThat(window.size()).isEqualTo(128 * KIB);
        growth.roundTrip = 1;
        growth.now += SECOND + 1;

        turnOver();

        assertThat(window.size()).isEqualTo(64 * KIB);
    }

    @Test
    void knowsSinceWhenNothingMoves() {
        growth.now = 5;
        window.received(10, growth);
        assertThat(window.lastProgress()).isEqualTo(5);
        growth.now = 9;
        window.received(10, growth);
        assertThat(window.lastProgress()).isEqualTo(5);
        window.consumed(1, growth);
        assertThat(window.lastProgress()).isEqualTo(9);
    }

    @Test
    void conservesCreditWhateverHappens() {
        for (int seed = 0; seed < 1_000; seed++) {
            conserves(new Random(seed));
        }
    }

    private void conserves(Random random) {
        int initial = CreditPolicy.MIN_WINDOW + random.nextInt(100 * KIB);
        ReceiveWindow any = new ReceiveWindow(new CreditPolicy(initial, initial * (1 + random.nextInt(9))), growth.now);
        long granted = initial;
        long consumed = 0;
        for (int step = 0; step < 200; step++) {
            growth.now += random.nextInt(100_000_000);
            growth.roundTrip = random.nextInt(200_000_000);
            growth.mayGrow = random.nextBoolean();
            growth.mustShrink = random.nextInt(8) == 0;
            any.received((int) Math.min(any.credit(), random.nextInt(80 * KIB)), growth);
            int bytes = (int) Math.min(any.buffered(), random.nextInt(80 * KIB));
            granted += any.consumed(bytes, growth);
            consumed += bytes;
            assertThat(granted).isEqualTo(consumed + any.buffered() + any.credit());
            assertThat(any.buffered() > 0 || any.credit() > any.size() / 2)
                    .as("an empty hand has granted")
                    .isTrue();
        }
    }
}
