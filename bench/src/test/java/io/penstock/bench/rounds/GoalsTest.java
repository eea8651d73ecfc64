package io.penstock.bench.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.rounds.Goal.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GoalsTest {
    private final Measurements measured = Figures.twoPeers();
    private final List<Goal> goals = Goals.of(measured);

    @Test
    void asksOnlyForLoadsThatRan() {
        assertThat(goals).extracting(Goal::id).containsExactly("P1", "P1 summit", "P3", "P3");
    }

    @Test
    void judgesByTheRatioOfMedians() {
        assertThat(goals)
                .extracting(goal -> goal.verdict(measured))
                .containsExactly(Verdict.MET, Verdict.NOT_MET, Verdict.NOT_MET, Verdict.UNKNOWN);
    }

    @Test
    void saysWhatIsCompared() {
        assertThat(goals.get(0).text()).isEqualTo("CPU s / 1000 on short-200 ≤ 0.65 x haproxy-2");
        assertThat(goals.get(2).text()).isEqualTo("req/s on short-200 ≥ 1.20 x haproxy-2");
    }
}
