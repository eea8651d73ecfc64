package io.penstock.system.control;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.process.Jars;
import io.penstock.bench.process.ScratchDirectory;
import io.penstock.system.stage.Stage;
import io.penstock.system.stage.Tool;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service that cannot start says why in one sentence, and ends. */
@Timeout(value = 120, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServiceStartIT {
    private ScratchDirectory scratch;

    @BeforeEach
    void makeScratch() throws IOException {
        scratch = ScratchDirectory.create("start-it");
    }

    @AfterEach
    void deleteScratch() {
        scratch.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --capture 8080            | --capture
            --capture 0=nowhere       | --capture
            --workload checkout       | --workload
            --manager nowhere         | --manager
            --memory-budget much      | --memory-budget
            --loops 0                 | --loops: 0 (expected:
            --link-wait soon          | --link-wait
            --fast                    | --fast
            """)
    void theAgentRefusesFlagsThatItCannotUse(String flags, String sentence) throws IOException {
        Path token = scratch.write("token", "0123456789abcdef0123456789abcdef\n");
        List<String> command = agent(token);
        command.addAll(List.of(flags.split(" ")));

        requireOneSentence(run(command), 2, "penstock-agent: ", sentence);
    }

    @Test
    void theAgentSaysThatTheTokenCannotBeRead() throws IOException {
        Path none = scratch.resolve("none");

        requireOneSentence(run(agent(none)), 1, "penstock-agent: ", none.toString());
    }

    @Test
    void theAgentSaysThatACapturedPortIsTaken() throws IOException {
        Path token = scratch.write("token", "0123456789abcdef0123456789abcdef\n");
        try (ServerSocket taken = new ServerSocket(0)) {
            List<String> command = agent(token);
            command.addAll(List.of("--capture", taken.getLocalPort() + "=127.0.0.1:1"));

            requireOneSentence(run(command), 1, "penstock-agent: ", Integer.toString(taken.getLocalPort()));
        }
    }

    @ParameterizedTest
    @CsvSource({"--server.port", "--spring.grpc.server.port", "--penstock.manager.relay.port"})
    void theManagerSaysThatAPortIsTaken(String setting) throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            List<String> command = manager();
            command.add(setting + "=" + taken.getLocalPort());

            Tool.Outcome outcome = run(command);

            assertThat(outcome.exitCode()).as(outcome.output()).isNotZero();
            assertThat(outcome.output())
                    .contains(Integer.toString(taken.getLocalPort()))
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void theManagerRefusesASettingThatItDoesNotKnow() throws IOException {
        List<String> command = manager();
        command.add("--penstock.manager.leese.duration=1s");

        Tool.Outcome outcome = run(command);

        assertThat(outcome.exitCode()).as(outcome.output()).isNotZero();
        assertThat(outcome.output()).contains("leese").doesNotContain("\tat ");
    }

    @Test
    void theManagerSaysThatItsStateIsInUse() throws IOException {
        Path state = scratch.resolve("state.mv.db");
        try (FileChannel other = FileChannel.open(state, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(other.tryLock()).isNotNull();

            requireOneSentence(run(manager()), 1, "manager: ", state + " is in use by another process (expected: ");
        }
    }

    @Test
    void theManagerSaysThatItsStateIsDamaged() throws IOException {
        Path state = scratch.resolve("state.mv.db");
        Files.write(state, new byte[16 * 1024]);

        requireOneSentence(run(manager()), 1, "manager: ", state + " cannot be used (");
    }

    @ParameterizedTest
    @CsvSource({
        "manager-service, --help, Usage: java -jar manager-service.jar",
        "manager-service, -h, --server.port=PORT",
        "manager-service, --version, penstock-manager 0.",
        "agent-service, --help, Usage: penstock-agent",
        "agent-service, --version, penstock-agent 0.",
        "local-gateway, --help, Usage: penstock",
        "local-gateway, --version, penstock 0.",
    })
    void everyJarSaysWhatItIsInsteadOfStarting(String module, String asked, String words) throws IOException {
        String jar = Jars.find().of(module).toString();

        Tool.Outcome outcome = run(List.of(Stage.java(), "-XX:TieredStopAtLevel=1", "-jar", jar, asked));

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains(words).doesNotContain("manager ready");
    }

    @Test
    void theManagerRefusesWhatIsNoSetting() throws IOException {
        List<String> command = manager();
        command.add("8081");

        requireOneSentence(run(command), 1, "manager: ", "argument: 8081 (expected: --KEY=VALUE");
    }

    private static List<String> agent(Path token) throws IOException {
        List<String> command = new ArrayList<>(List.of(Stage.java(), "-XX:TieredStopAtLevel=1", "-jar"));
        command.addAll(List.of(Jars.find().of("agent-service").toString(), "--admin-port", "0"));
        command.addAll(List.of("--capture", "0=127.0.0.1:1", "--workload", "shop/checkout"));
        command.addAll(List.of("--manager", "127.0.0.1:1", "--token-file", token.toString()));
        return command;
    }

    private List<String> manager() throws IOException {
        List<String> command = new ArrayList<>(List.of(Stage.java(), "-XX:TieredStopAtLevel=1", "-jar"));
        command.addAll(List.of(Jars.find().of("manager-service").toString(), "--server.port=0"));
        command.addAll(List.of("--spring.grpc.server.port=0", "--penstock.manager.relay.port=0"));
        command.addAll(List.of("--management.server.port=0", "--penstock.manager.home=" + scratch.path()));
        return command;
    }

    private Tool.Outcome run(List<String> command) throws IOException {
        return Tool.in(scratch.path(), Duration.ofSeconds(90)).run(command);
    }

    private static void requireOneSentence(Tool.Outcome outcome, int exitCode, String who, String sentence) {
        assertThat(outcome.output().lines().filter(line -> line.startsWith(who)))
                .as(outcome.output())
                .singleElement()
                .asString()
                .contains(sentence);
        assertThat(outcome.output()).doesNotContain("\tat ");
        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(exitCode);
    }
}
