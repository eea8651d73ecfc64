package io.penstock.bench.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MeasurementsTest {
    @Test
    void takesTheMiddleOfAnOddNumberOfRounds() {
        Measurements measured = new Measurements(
                List.of(Figures.sample("a", "x", 9), Figures.sample("a", "x", 1), Figures.sample("a", "x", 2)));

        assertThat(measured.median("a", "x", Metric.CPU)).isEqualTo(2);
    }

    @Test
    void takesTheMeanOfTheTwoMiddleOnesOfAnEvenNumber() {
        Measurements measured = new Measurements(List.of(Figures.sample("a", "x", 1), Figures.sample("a", "x", 2)));

        assertThat(measured.median("a", "x", Metric.CPU)).isEqualTo(1.5);
        assertThat(measured.medianCpu("a", "x", "a-process")).isEqualTo(1.5);
    }

    @Test
    void leavesRoundsOutInWhichEverythingFailed() {
        Measurements measured = new Measurements(List.of(Figures.sample("a", "x", 1), Figures.failed("a", "x")));

        assertThat(measured.median("a", "x", Metric.CPU)).isEqualTo(1);
        assertThat(measured.failed("a", "x")).isEqualTo(1000);
        assertThat(measured.requests("a", "x")).isEqualTo(2000);
    }

    @Test
    void hasNoFigureForALoadThatNeverRan() {
        assertThat(Figures.twoPeers().median("a", "y", Metric.CPU)).isNaN();
    }
}
