package io.penstock.system.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.peers.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** A {@code wrk} that keeps its connections and is patient, run to its end. Immutable. */
public record Wrk(Path directory, String url, int connections, Duration lasts) implements Callable<Wrk.Outcome> {
    private static final Duration GRACE = Duration.ofMinutes(2);

    /** At the stage's door. */
    public static Wrk at(Stage stage, String path, int connections, Duration lasts) {
        return new Wrk(stage.home(), "http://127.0.0.1:" + stage.door().getPort() + path, connections, lasts);
    }

    @Override
    public Outcome call() throws IOException {
        List<String> command = List.of(
                Program.WRK.path(),
                "-t",
                "1",
                "-c",
                Integer.toString(connections),
                "-d",
                lasts.toSeconds() + "s",
                "--timeout",
                "60s",
                url);
        return new Outcome(connections, Tool.in(directory, lasts.plus(GRACE)).run(command));
    }

    /** What it said. Immutable. */
    public record Outcome(int connections, Tool.Outcome said) {
        public void requireThatNothingFailed() {
            requireAnswers();
            assertThat(said.output()).doesNotContain("Socket errors");
        }

        /** Each connection has one request under way at any time, so this many may be lost by one loss, and no other. */
        public void requireThatEachConnectionFailedOnceAtMost() {
            requireAnswers();
            assertThat(errors("read") + errors("write")).as(said.output()).isLessThanOrEqualTo(connections);
            assertThat(errors("connect") + errors("timeout")).as(said.output()).isZero();
        }

        private void requireAnswers() {
            assertThat(said.exitCode()).as(said.output()).isZero();
            assertThat(said.number("(\\d+) requests in")).as(said.output()).isGreaterThan(connections);
            assertThat(said.output()).doesNotContain("Non-2xx");
        }

        private long errors(String kind) {
            return said.number("Socket errors: .*" + kind + " (\\d+)");
        }
    }
}
