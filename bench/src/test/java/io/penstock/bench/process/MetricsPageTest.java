package io.penstock.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MetricsPageTest {
    private final MetricsPage page = new MetricsPage("""
            # HELP penstock_streams_open Streams that are open now.
            # TYPE penstock_streams_open gauge
            penstock_streams_open{loop="0"} 3.0
            penstock_streams_open{loop="1"} 4.0
            penstock_streams_opened_total 99.0
            """);

    @Test
    void addsAllSeriesOfAMetric() {
        assertThat(page.sum("penstock_streams_open")).hasValue(7);
        assertThat(page.sum("penstock_streams_opened_total")).hasValue(99);
    }

    @Test
    void isEmptyWithoutTheMetric() {
        assertThat(page.sum("penstock_streams")).isEmpty();
    }
}
