package io.penstock.tunnel.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.tunnel.testkit.LinkSimulation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code -Dsimulation.seeds=N} runs more of them, {@code -Dsimulation.seed=S} that one alone. */
@Tag("simulation")
final class LinkSimulationTest {

    private static final int FAILURES_SHOWN = 5;

    private long events;
    private long resumed;

    @Test
    void keepsItsBooksAndEndsWhateverHappens() {
        long only = Long.getLong("simulation.seed", -1);
        long first = only < 0 ? 0 : only;
        long seeds = only < 0 ? Long.getLong("simulation.seeds", 2_000) : 1;

        List<AssertionError> failures = new ArrayList<>();
        for (long seed = first; seed < first + seeds && failures.size() < FAILURES_SHOWN; seed++) {
            run(seed, failures);
        }

        assertThat(failures).isEmpty();
        assertThat(events).isPositive();
        assertThat(resumed).as("times that a link went on, on another carrier").isGreaterThanOrEqualTo(seeds / 2);
    }

    private void run(long seed, List<AssertionError> failures) {
        LinkSimulation simulation = new LinkSimulation(seed);
        try {
            events += simulation.run();
        } catch (AssertionError e) {
            failures.add(e);
        }
        resumed += simulation.resumed();
    }
}
