package io.penstock.system.storm;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.load.BytePattern;
import io.penstock.bench.peers.Nginx;
import io.penstock.bench.peers.Program;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.NeedsPeers;
import io.penstock.system.stage.Scrape;
import io.penstock.system.stage.Stage;
import io.penstock.system.stage.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S1 and S2: real {@code ab} and {@code wrk} against a real nginx on the laptop. */
@NeedsPeers({Program.AB, Program.WRK, Program.NGINX})
@Timeout(value = 240, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StormIT {
    private static final int REQUESTS = 50_000;
    private static final int SMALL = 512;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @RegisterExtension
    static final Stage STAGE = Stage.relayed();

    private static Nginx nginx;
    private static Diversion diversion;

    @BeforeAll
    static void intercept() throws IOException {
        Path directory = Files.createDirectories(STAGE.home().resolve("nginx"));
        byte[] small = new byte[SMALL];
        BytePattern.at(0, SMALL).getBytes(0, small);
        Files.write(Files.createDirectories(directory.resolve("html")).resolve("small"), small);
        nginx = Nginx.start(directory, STAGE.ports().next());
        diversion = STAGE.divert(nginx.address());
    }

    @AfterAll
    static void leave() throws IOException {
        diversion.close();
        nginx.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 200, 1000, 5000})
    void answersEveryRequestOfAbOnItsOwnConnection(int concurrency) throws IOException {
        requireThatNothingFails(ab(concurrency, List.of()));

        requireThatAllWereDiverted();
        STAGE.requireNoStreams();
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 200, 1000, 5000})
    void answersEveryRequestOfAbOnKeptConnections(int concurrency) throws IOException {
        Tool.Outcome outcome = ab(concurrency, List.of("-k"));

        requireThatNothingFails(outcome);
        assertThat(outcome.number("Keep-Alive requests:\\s+(\\d+)")).isEqualTo(REQUESTS);
        requireThatAllWereDiverted();
        STAGE.requireNoStreams();
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 200, 1000, 5000})
    void answersEveryRequestOfWrk(int concurrency) throws IOException {
        Tool.Outcome outcome = tool().run(List.of(
                Program.WRK.path(),
                "-t",
                "1",
                "-c",
                Integer.toString(concurrency),
                "-d",
                "3s",
                "--timeout",
                "60s",
                url()));

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.number("(\\d+) requests in")).as(outcome.output()).isPositive();
        assertThat(outcome.output()).doesNotContain("Socket errors", "Non-2xx");
        requireThatAllWereDiverted();
        STAGE.requireNoStreams();
    }

    private static Tool.Outcome ab(int concurrency, List<String> further) throws IOException {
        List<String> command = new ArrayList<>(List.of(Program.AB.path(), "-q", "-r", "-s", "60"));
        command.addAll(further);
        command.addAll(List.of("-c", Integer.toString(concurrency), "-n", Integer.toString(REQUESTS), url()));
        return tool().run(command);
    }

    private static void requireThatNothingFails(Tool.Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.number("Complete requests:\\s+(\\d+)"))
                .as(outcome.output())
                .isEqualTo(REQUESTS);
        assertThat(outcome.number("Document Length:\\s+(\\d+)"))
                .as(outcome.output())
                .isEqualTo(SMALL);
        // Failed counts connects, receives, other lengths and exceptions.
        assertThat(outcome.output()).containsPattern("Failed requests:\\s+0\\b").doesNotContain("Non-2xx");
    }

    private static void requireThatAllWereDiverted() throws IOException {
        assertThat(Scrape.of(STAGE.stack().agent()).sum("penstock_agent_connections_failed_open_total"))
                .as("connections that the original app had to take")
                .isZero();
    }

    private static Tool tool() {
        return Tool.in(STAGE.home(), LIMIT);
    }

    private static String url() {
        return "http://127.0.0.1:" + STAGE.door().getPort() + "/small";
    }
}
