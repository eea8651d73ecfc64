package io.penstock.gateway.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.session.InterceptRule;
import io.penstock.gateway.session.InterceptState;
import io.penstock.gateway.session.TrafficLimits;
import io.penstock.gateway.testing.Snapshots;
import io.penstock.tunnel.metrics.InterceptTally;
import io.penstock.tunnel.testkit.ManualLoop;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllowancesTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long RATE = 100_000;
    private static final InterceptRule RULE = Snapshots.rule("i-1", InterceptState.ACTIVE, "127.0.0.1:3000");

    private final ManualLoop loop = new ManualLoop();
    private final Allowances allowances = new Allowances(loop, new InterceptTally());

    @Test
    void limitsNothingByItself() {
        allowances.keep(List.of(RULE));

        Allowance allowance = allowances.of(RULE);

        assertThat(allowance.limitsBytes()).isFalse();
        assertThat(allowance.isExceeded()).isFalse();
        assertThat(allowance.draw(1 << 30, loop.nanoTime())).isZero();
    }

    /** A snapshot comes with every change of anything; what was drawn must not be forgotten by it. */
    @Test
    void goesOnFromSnapshotToSnapshot() {
        InterceptRule limited = Snapshots.limited(RULE, new TrafficLimits(0, 1000));
        allowances.keep(List.of(limited));
        allowances.of(limited).draw(2000, loop.nanoTime());

        allowances.keep(List.of(limited));

        assertThat(allowances.of(limited).draw(0, loop.nanoTime())).isPositive();
        assertThat(allowances.throttled().seconds()).isPositive();
    }

    /**
     * Nobody holds a short connection back: what it says fits into the first window, and it is over before its turn to wait. So all of
     * them together may draw for hours, which those that come later are not to pay for.
     */
    @Test
    void letsAKeptConnectionMoveSoonAfterManyShortOnesDrewFarTooMuch() {
        Allowance allowance = limitedTo(RATE);
        for (int i = 0; i < 2000; i++) {
            allowance.draw(64 * 1024, loop.nanoTime());
        }
        Mover kept = new Mover(allowance, 16 * 1024);

        kept.begin();
        loop.advance(30 * SECOND);

        // Ten seconds for what the others drew, and twenty of its own.
        assertThat(kept.moved).isBetween(20 * RATE, 20 * RATE + RATE / 10 + 2 * 16 * 1024);
    }

    @Test
    void sharesTheRateBetweenAKeptConnectionAndShortOnesThatKeepComing() {
        Allowance allowance = limitedTo(RATE);
        Mover kept = new Mover(allowance, 16 * 1024);
        Mover comers = new Mover(allowance, 4 * 1024);

        kept.begin();
        comers.begin();
        loop.advance(30 * SECOND);

        assertThat(kept.moved).isPositive();
        assertThat(comers.moved).isPositive();
        assertThat(kept.moved + comers.moved).isBetween(30 * RATE, 30 * RATE + RATE / 10 + 2 * 20 * 1024);
    }

    private Allowance limitedTo(long bytesPerSecond) {
        InterceptRule limited = Snapshots.limited(RULE, new TrafficLimits(0, bytesPerSecond));
        allowances.keep(List.of(limited));
        return allowances.of(limited);
    }

    /** Moves pieces as the reception and its relays do: waits for those before it, then after each piece for as long as it is told. */
    private final class Mover {
        private final Allowance allowance;
        private final int piece;
        private long moved;

        Mover(Allowance allowance, int piece) {
            this.allowance = allowance;
            this.piece = piece;
        }

        void begin() {
            loop.schedule(this::move, allowance.draw(0, loop.nanoTime()));
        }

        private void move() {
            moved += piece;
            loop.schedule(this::move, allowance.draw(piece, loop.nanoTime()));
        }
    }

    @Test
    void beginsAnewWhenTheLimitChanges() {
        InterceptRule before = Snapshots.limited(RULE, new TrafficLimits(0, 1000));
        InterceptRule after = Snapshots.limited(RULE, new TrafficLimits(0, 2000));
        allowances.keep(List.of(before));
        allowances.of(before).draw(2000, loop.nanoTime());

        allowances.keep(List.of(after));

        assertThat(allowances.of(after).draw(0, loop.nanoTime())).isZero();
    }
}
