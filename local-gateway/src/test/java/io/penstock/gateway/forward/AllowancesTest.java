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
