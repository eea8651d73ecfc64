package io.penstock.bench.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DemoPlanTest {
    private static final Duration LATE = Duration.ofSeconds(60);

    @Test
    void runsAllRoundsThatWereAskedFor() {
        DemoPlan plan = new DemoPlan(2000, 7, null, false);

        assertThat(plan.goesOn(6, LATE, LATE)).isTrue();
        assertThat(plan.goesOn(7, Duration.ZERO, Duration.ZERO)).isFalse();
        assertThat(plan.wasCut(7)).isFalse();
    }

    @Test
    void runsAsLongAsWasAskedFor() {
        DemoPlan plan = new DemoPlan(2000, null, Duration.ofSeconds(5), false);

        assertThat(plan.goesOn(1000, Duration.ofSeconds(4), LATE)).isTrue();
        assertThat(plan.goesOn(1, Duration.ofSeconds(5), LATE)).isFalse();
    }

    @Test
    void cutsTheStormShortRatherThanTakingLong() {
        DemoPlan plan = new DemoPlan(2000, null, null, false);

        assertThat(plan.goesOn(49, LATE, Duration.ofSeconds(15))).isTrue();
        assertThat(plan.goesOn(50, LATE, Duration.ofSeconds(15))).isFalse();
        assertThat(plan.goesOn(30, LATE, LATE)).isFalse();
        assertThat(plan.goesOn(4, LATE, LATE)).isTrue();
        assertThat(plan.wasCut(30)).isTrue();
    }

    @Test
    void refusesAConcurrencyThatDescriptorsDoNotReachFor() {
        assertThatThrownBy(() -> new DemoPlan(8001, 50, null, false))
                .hasMessage("--concurrency: 8001 (expected: 1 to 8000)");
    }
}
