package io.penstock.system.control;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.process.Jars;
import io.penstock.bench.process.ScratchDirectory;
import io.penstock.system.stage.Tool;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The README's first command, through the launcher. */
@Timeout(value = 150, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DemoIT {
    private ScratchDirectory scratch;

    @BeforeEach
    void makeScratch() throws IOException {
        scratch = ScratchDirectory.create("demo-it");
    }

    @AfterEach
    void deleteScratch() {
        scratch.close();
    }

    @Test
    void showsTheMainJobAndEndsWithZero() throws IOException {
        Tool.Outcome outcome = demo("--concurrency", "300", "--rounds", "3");

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output())
                .contains("Nothing was lost")
                .containsPattern("storm, 300 x 3\\s+900\\s+0\\s")
                .containsPattern("after leaving\\s+20\\s+0\\s.*cluster 20");
    }

    @Test
    void saysInOneSentenceWhatIsWrongWithAFlag() throws IOException {
        Tool.Outcome outcome = demo("--concurrency", "0");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.output())
                .contains("--concurrency: 0 (expected: 1 to 8000)")
                .doesNotContain("\tat ");
    }

    private Tool.Outcome demo(String... flags) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Jars.find().root().resolve("penstock").toString(), "demo"));
        command.addAll(List.of(flags));
        return Tool.in(scratch.path(), Duration.ofMinutes(2))
                .with("JAVA_HOME", System.getProperty("java.home"))
                .run(command);
    }
}
