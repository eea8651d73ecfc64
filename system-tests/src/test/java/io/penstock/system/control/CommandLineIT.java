package io.penstock.system.control;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.process.LaunchedProcess;
import io.penstock.bench.process.ManagerProcess;
import io.penstock.bench.process.StackPlan;
import io.penstock.system.stage.CommandLine;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.Stage;
import io.penstock.system.stage.Tool;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command line: what it does, and that bad input ends in one sentence and an exit code of its own. */
@Timeout(value = 150, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CommandLineIT {
    @RegisterExtension
    static final Stage STAGE = Stage.relayed();

    private static CommandLine penstock;
    private static String port;
    private static String target;

    @BeforeAll
    static void atHome() throws IOException {
        ManagerProcess manager = STAGE.stack().managerTerms();
        Path home = Files.createDirectories(STAGE.home().resolve("home"));
        penstock = CommandLine.at(home, manager.restAddress().toString(), manager.tokenFile());
        port = Integer.toString(STAGE.door().getPort());
        target = "127.0.0.1:" + STAGE.laptop().getPort();
    }

    @AfterAll
    static void stopTheService() throws IOException {
        assertThat(penstock.run("stop", "--now").exitCode()).isZero();
    }

    @Test
    void interceptsUntilItIsInterruptedAndShowsWhatThereIs() throws IOException {
        try (LaunchedProcess foreground = intercept("--name", "mine")) {
            foreground.awaitLog("is ACTIVE", Duration.ofSeconds(60));
            STAGE.awaitAnswersBy(Stage.LAPTOP);
            JsonNode listed = json(penstock.run("list", "--json")).path("items").path(0);
            assertThat(listed.path("name").asString()).isEqualTo("mine");
            assertThat(listed.path("state").asString()).isEqualTo("ACTIVE");
            assertThat(json(penstock.run("status", "--json")).path("running").asBoolean())
                    .isTrue();
            assertThat(penstock.run("list", "--all").output()).contains("mine", StackPlan.WORKLOAD, "ACTIVE");

            foreground.signal("INT");

            assertThat(foreground.awaitExit(Duration.ofSeconds(60))).isZero();
        }
        STAGE.awaitAnswersBy(Stage.CLUSTER);
        assertThat(json(penstock.run("list", "--json")).path("items").size()).isZero();
    }

    @Test
    void leavesByName() throws IOException {
        Tool.Outcome made = penstock.run(
                "intercept",
                StackPlan.WORKLOAD,
                "--port",
                port,
                "--to",
                target,
                "--name",
                "other",
                "--detach",
                "--json");
        assertThat(json(made).path("state").asString()).isEqualTo("ACTIVE");

        Tool.Outcome left = penstock.run("leave", "other");

        assertThat(left.exitCode()).as(left.output()).isZero();
        STAGE.awaitAnswersBy(Stage.CLUSTER);
        Tool.Outcome again = penstock.run("leave", "other");
        assertThat(again.exitCode()).as(again.output()).isZero();
        assertThat(again.output()).contains("Already left " + StackPlan.WORKLOAD);
    }

    @Test
    void endsWithASentenceWhenTheServiceIsStoppedElsewhere() throws IOException {
        try (LaunchedProcess foreground = intercept("--name", "stopped")) {
            // The log has what the other tests' commands said.
            foreground.awaitLog("(stopped, i-", Duration.ofSeconds(60));

            Tool.Outcome stopped = penstock.run("stop");

            assertThat(stopped.exitCode()).as(stopped.output()).isZero();
            assertThat(foreground.awaitExit(Duration.ofSeconds(60))).isZero();
            assertThat(foreground.logTail()).contains("The gateway service has been stopped");
        }
        STAGE.awaitAnswersBy(Stage.CLUSTER);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            intercept checkout --port 8080 --to 3000                       | 2 | WORKLOAD: checkout (expected: namespace/name
            intercept shop/checkout --port abc --to 3000                   | 2 | --port: abc (expected: a number of 1 to 65535)
            intercept shop/checkout --port 0 --to 3000                     | 2 | --port: 0 (expected:
            intercept shop/checkout --port 70000 --to 3000                 | 2 | --port: 70000 (expected:
            intercept shop/checkout --port 8080 --to nowhere               | 2 | --to: nowhere (expected:
            intercept shop/checkout --port 8080                            | 2 | --to
            intercept shop/checkout                                        | 2 | --port
            intercept shop/checkout --port 8080 --to 3000 --fast           | 2 | --fast
            intercept shop/checkout --port 8080 --to 3000 --route moon     | 2 | --route: moon (expected: relay or direct)
            intercept shop/checkout --port 8080 --to 3000 --on-app-refused | 2 | --on-app-refused
            fly                                                            | 2 | COMMAND: fly (expected:
            leave nothing-of-that-name                                     | 5 | nothing-of-that-name (expected:
            """)
    void refusesWhatCannotBeUsed(String arguments, int exitCode, String sentence) throws IOException {
        requireRefusal(penstock.run(arguments.split(" ")), exitCode, sentence);
    }

    @Test
    void helpNamesAlsoWhatOnlyASourceTreeHas() throws IOException {
        Tool.Outcome help = penstock.run("--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.output()).contains("Usage: penstock", "penstock demo", "penstock bench");
    }

    @Test
    void doesNotKnowAWorkloadWithoutAnAgent() throws IOException {
        Tool.Outcome outcome = penstock.run("intercept", "shop/chekout", "--port", port, "--to", target);

        requireRefusal(outcome, 5, "shop/chekout (expected: a workload with an agent");
    }

    @Test
    void doesNotGetInWithAWrongToken() throws IOException {
        Path wrong = Files.writeString(STAGE.home().resolve("wrong-token"), "0123456789abcdef0123456789abcdef\n");

        Tool.Outcome refused = intercepting("--token-file", wrong.toString());
        Tool.Outcome missing = intercepting("--token-file", wrong + ".none");

        requireRefusal(refused, 4, "(expected:");
        requireRefusal(missing, 4, "(expected:");
        assertThat(refused.output()).doesNotContain("0123456789abcdef");
    }

    @Test
    void saysThatTheManagerIsNotThere() throws IOException {
        String nobody = "http://127.0.0.1:" + STAGE.ports().next();

        requireRefusal(intercepting("--manager", nobody), 3, nobody);
    }

    @Test
    void namesTheHolderOfThePort() throws IOException {
        try (Diversion diversion = STAGE.divert(STAGE.laptop())) {
            requireRefusal(intercepting(), 6, diversion.id());
        }
    }

    @Test
    void warnsThatNothingListensAtTheTargetAndGoesOn() throws IOException {
        int nobody = STAGE.ports().next();

        Tool.Outcome outcome = penstock.run(
                "intercept", StackPlan.WORKLOAD, "--port", port, "--to", Integer.toString(nobody), "--detach");

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("nothing listens at 127.0.0.1:" + nobody + " (expected: your app)");
        STAGE.awaitAnswersBy(Stage.CLUSTER);
        assertThat(penstock.run("leave", "--all").exitCode()).isZero();
    }

    @Test
    void saysThatThePortOfTheServiceIsTaken() throws IOException {
        Path home = Files.createDirectories(STAGE.home().resolve("second-home"));
        ManagerProcess manager = STAGE.stack().managerTerms();
        try (ServerSocket taken = new ServerSocket(0)) {
            CommandLine second = CommandLine.at(home, manager.restAddress().toString(), manager.tokenFile())
                    .with("PENSTOCK_GATEWAY_LISTEN_PORT", Integer.toString(taken.getLocalPort()));

            Tool.Outcome outcome = second.run("intercept", StackPlan.WORKLOAD, "--port", port, "--to", target);

            // The service itself knows why, so the end of its log is shown.
            requireRefusal(outcome, 7, "gateway service: ended with status 7");
            assertThat(outcome.output()).contains("port: " + taken.getLocalPort() + " is in use (expected: a free one");
        }
    }

    private static LaunchedProcess intercept(String name, String value) throws IOException {
        return penstock.start("intercept", StackPlan.WORKLOAD, "--port", port, "--to", target, name, value);
    }

    private static Tool.Outcome intercepting(String... further) throws IOException {
        String[] all = new String[6 + further.length];
        String[] first = {"intercept", StackPlan.WORKLOAD, "--port", port, "--to", target};
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(further, 0, all, first.length, further.length);
        return penstock.run(all);
    }

    private static void requireRefusal(Tool.Outcome outcome, int exitCode, String sentence) {
        assertThat(outcome.output().lines().filter(line -> line.startsWith("penstock: ")))
                .as(outcome.output())
                .singleElement()
                .asString()
                .contains(sentence);
        assertThat(outcome.output()).doesNotContain("\tat ", "Exception");
        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(exitCode);
    }

    /** Reads the document; what is told on standard error comes before it, because both outputs are one file here. */
    private static JsonNode json(Tool.Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return JsonMapper.shared()
                .readTree(outcome.output().substring(outcome.output().indexOf('{')));
    }
}
