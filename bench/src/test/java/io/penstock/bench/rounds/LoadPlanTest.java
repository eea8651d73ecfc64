package io.penstock.bench.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.config.LoadLoops;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LoadPlanTest {

    @Test
    void evenTheQuickPlanHasALoadForEveryGoal() {
        assertThat(goals(LoadPlan.QUICK))
                .extracting(goal -> goal.id().substring(0, 2))
                .contains("P1", "P2", "P3", "P4", "P5", "P6", "P7");
    }

    @Test
    void theFullPlanHasEveryLoadThatAGoalIsAbout() {
        assertThat(goals(LoadPlan.FULL))
                .hasSizeGreaterThan(goals(LoadPlan.QUICK).size());
        assertThat(LoadPlan.FULL.rounds()).isGreaterThanOrEqualTo(5);
    }

    private static List<Goal> goals(LoadPlan plan) {
        try (LoadLoops loops = LoadLoops.start(1)) {
            return Goals.of(new Measurements(plan.loads(Path.of(""), loops).stream()
                    .map(load -> Figures.sample(Goals.PENSTOCK, load.id(), 1))
                    .toList()));
        }
    }
}
