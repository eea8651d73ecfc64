package io.penstock.bench.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BenchmarkRequestTest {
    private static final List<String> LOADS = List.of("short-200", "kept-100");

    @Test
    void choosesAmongLoadsAndPeersByTheBeginningsOfTheirNames() {
        Benchmark.Request request = new Benchmark.Request(true, null, Set.of("short", "penstock"), Optional.empty());

        assertThat(request.wants("short-200", LOADS.stream())).isTrue();
        assertThat(request.wants("kept-100", LOADS.stream())).isFalse();
        assertThat(new Benchmark.Request(true, null, Set.of(), Optional.empty()).wants("kept-100", LOADS.stream()))
                .isTrue();
    }

    @Test
    void refusesWhatWouldMeasureSomethingElseThanWasAskedFor() {
        assertThatThrownBy(
                        () -> new Benchmark.Request(true, null, Set.of("shrot"), Optional.empty()).requireKnown(LOADS))
                .hasMessage("--only: shrot (expected: the beginning of one of short-200, kept-100)");
        assertThatThrownBy(() -> new Benchmark.Request(true, 0, Set.of(), Optional.empty()))
                .hasMessage("--rounds: 0 (expected: 1 or more)");
    }
}
