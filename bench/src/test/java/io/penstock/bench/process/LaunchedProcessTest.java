package io.penstock.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.bench.config.Loopback;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LaunchedProcessTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @Test
    void endsAProcessThatAsksForNothing() throws IOException {
        LaunchedProcess process = launch("echo ready; exec sleep 600").awaitLog("ready", LIMIT);
        assertThat(process.isAlive()).isTrue();

        process.close();

        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void givesExitCodeAndLogOfAProcessThatEnds() throws IOException {
        LaunchedProcess process = launch("echo out; echo err >&2; exit 3");

        assertThat(process.awaitExit(LIMIT)).isEqualTo(3);
        assertThat(process.logTail()).isEqualTo("out\nerr");
    }

    @Test
    void passesTheEnvironmentOn() throws IOException {
        LaunchSpec spec = spec("echo home=$PENSTOCK_HOME").with("PENSTOCK_HOME", "/nowhere");

        LaunchedProcess process = LaunchedProcess.start(spec);

        process.awaitExit(LIMIT);
        assertThat(process.logTail()).isEqualTo("home=/nowhere");
    }

    @Test
    void explainsAProcessThatEndsBeforeItIsReady() throws IOException {
        int port = new FreePorts().next();

        try (LaunchedProcess process = launch("echo no such flag; exit 2")) {
            assertThatThrownBy(() -> process.awaitPort(Loopback.at(port), LIMIT))
                    .isInstanceOf(IOException.class)
                    .hasMessage("shell: ended with 2 (expected: accepts connections on port " + port
                            + "); its log ends with\nno such flag");
        }
    }

    @Test
    void saysWhenAProcessIsNotReadyInTime() throws IOException {
        try (LaunchedProcess process = launch("exec sleep 600")) {
            assertThatThrownBy(() -> process.awaitLog("ready", Duration.ofMillis(100)))
                    .hasMessageContaining("still not after");
        }
    }

    private LaunchedProcess launch(String script) throws IOException {
        return LaunchedProcess.start(spec(script));
    }

    private LaunchSpec spec(String script) {
        return new LaunchSpec("shell", List.of("sh", "-c", script), directory.resolve("shell.log"));
    }
}
