package io.penstock.bench.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.config.LoadLoops;
import io.penstock.bench.load.Storm;
import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import io.penstock.bench.load.TinyWebApp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DemoTableTest {
    private static final Map<String, Long> NONE_LEFT = Map.of("agent", 0L, "gateway", 0L);

    @Test
    void isGoodWhenTheRightAppAnsweredEverything() {
        DemoTable table = new DemoTable(List.of(new DemoRow("storm", tenAnswers("laptop"), "laptop", NONE_LEFT)));

        assertThat(table.isGood()).isTrue();
        assertThat(table.render())
                .contains("requests   failed    p50 ms    p99 ms  who answered         streams left open")
                .containsPattern("  storm +10 +0 +[\\d.]+ +[\\d.]+  laptop 10            0\n");
    }

    @Test
    void isNotGoodWhenAnotherAppAnswered() {
        assertThat(new DemoRow("storm", tenAnswers("cluster"), "laptop", NONE_LEFT).isGood())
                .isFalse();
    }

    @Test
    void isNotGoodWhenStreamsWereLeft() {
        DemoRow row = new DemoRow("storm", tenAnswers("laptop"), "laptop", Map.of("agent", 2L, "gateway", 0L));

        assertThat(row.isGood()).isFalse();
        assertThat(new DemoTable(List.of(row)).render()).contains("{agent=2, gateway=0}");
    }

    private static StormReport tenAnswers(String name) {
        try (TinyWebApp app = TinyWebApp.start(name, 0);
                LoadLoops loops = LoadLoops.start(1)) {
            return new Storm(loops).run(StormPlan.shortConnections(app.address(), 10, 1));
        }
    }
}
