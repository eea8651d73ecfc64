package io.penstock.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LatencyHistogramTest {
    private final LatencyHistogram histogram = new LatencyHistogram();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 129, 255, 256, 1_000_000, 30_000_000_000L, Long.MAX_VALUE})
    void keepsEveryValueWithinASixtyFourth(long nanos) {
        histogram.record(nanos);
        histogram.record(Long.MAX_VALUE);

        long median = histogram.quantile(0.5).toNanos();
        assertThat(median).isBetween(nanos, nanos + nanos / 64 < 0 ? Long.MAX_VALUE : nanos + nanos / 64);
    }

    @Test
    void findsQuantilesOfAnEvenSpread() {
        for (int i = 1; i <= 1000; i++) {
            histogram.record(i * 1_000_000L);
        }

        assertThat(histogram.quantile(0.5).toMillis()).isBetween(500L, 508L);
        assertThat(histogram.quantile(0.99).toMillis()).isBetween(990L, 1000L);
        assertThat(histogram.quantile(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(histogram.max()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void addsAnotherHistogram() {
        LatencyHistogram other = new LatencyHistogram();
        histogram.record(10);
        other.record(20);

        histogram.add(other);

        assertThat(histogram.count()).isEqualTo(2);
        assertThat(histogram.max()).isEqualTo(Duration.ofNanos(20));
        assertThat(histogram.quantile(0.5)).isEqualTo(Duration.ofNanos(10));
    }

    @Test
    void isZeroWhileEmpty() {
        assertThat(histogram.quantile(0.99)).isZero();
        assertThat(histogram.max()).isZero();
    }

    @Test
    void refusesAQuantileThatIsNone() {
        assertThatThrownBy(() -> histogram.quantile(99)).hasMessage("quantile: 99.0 (expected: 0 to 1)");
    }
}
