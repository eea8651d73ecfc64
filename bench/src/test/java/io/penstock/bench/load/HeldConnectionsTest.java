package io.penstock.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.config.Deadline;
import io.penstock.bench.config.LoadLoops;
import io.penstock.bench.load.StormPlan.Ask;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HeldConnectionsTest {
    private final LoadLoops loops = LoadLoops.start(2);
    private final TinyWebApp app = TinyWebApp.start("ann", 0);

    @AfterEach
    void close() {
        app.close();
        loops.close();
    }

    @Test
    void asksAllOfThemMoreThanOnce() throws IOException {
        try (HeldConnections held = HeldConnections.open(loops, app.address(), 1200)) {
            assertThat(held.openCount()).isEqualTo(1200);
            assertThat(held.askAll(Ask.greeting()).answeredBy()).isEqualTo(Map.of("ann", 1200L));
            assertThat(held.askAll(Ask.greeting()).samples()).isEmpty();
        }
    }

    @Test
    void countsThoseThatWereDropped() throws IOException {
        try (HeldConnections held = HeldConnections.open(loops, app.address(), 10)) {
            app.close();

            assertThat(Deadline.in(Duration.ofSeconds(10)).awaits(() -> held.openCount() == 0))
                    .isTrue();
            assertThat(held.askAll(Ask.greeting()).failures()).isEqualTo(Map.of(FailureKind.SHORT, 10L));
        }
    }

    @Test
    void abortingCallersLeaveOthersAlone() {
        assertThat(new AbortingCallers(loops).run(app.address(), 300, 100)).isEqualTo(300);

        assertThat(new Storm(loops)
                        .run(StormPlan.shortConnections(app.address(), 50, 1))
                        .samples())
                .isEmpty();
    }

    @Test
    void knowsTheHashOfAPattern() {
        assertThat(BytePattern.sha256(0)).startsWith("e3b0c442");
        assertThat(BytePattern.sha256(200_000)).isNotEqualTo(BytePattern.sha256(200_001));
    }
}
