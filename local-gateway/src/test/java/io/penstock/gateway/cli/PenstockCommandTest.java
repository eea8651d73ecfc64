package io.penstock.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.home.PenstockHome;
import io.penstock.gateway.home.ServiceState;
import io.penstock.gateway.home.StateFile;
import io.penstock.gateway.json.Json;
import io.penstock.gateway.json.JsonView;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PenstockCommandTest {

    @TempDir
    Path home = Path.of("");

    private Screens screens = new Screens(Map.of());

    @BeforeEach
    void makeScreens() {
        screens = new Screens(Map.of(PenstockHome.VARIABLE, home.toString()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|COMMAND: missing (expected: intercept, list,",
                "interceptt|COMMAND: interceptt (expected: intercept, list,",
                "intercept|Missing required",
                "intercept shop/checkout --port 8080|--to",
                "intercept checkout --port 8080 --to 3000|WORKLOAD: checkout (expected: namespace/name",
                "intercept shop/checkout --port 0 --to 3000|--port: 0 (expected: a number of 1 to 65535)",
                "intercept shop/checkout --port http --to 3000|--port: http (expected: a number of 1 to 65535)",
                "intercept shop/checkout --port 8080 --to x:y|--to: x:y (expected: host:port",
                "intercept shop/checkout --port 8080 --to no-such.invalid:3000|--to: no-such.invalid:3000 (expected: a host that",
                "intercept shop/checkout --port 8080 --to 3000 --route fast|--route: fast (expected: relay or direct)",
                "intercept shop/checkout --port 8080 --to 3000 --on-app-refused wait|expected: fail-open, reject, hold,",
                "intercept shop/checkout --port 8080 --to 3000 --carrier pigeon|--carrier: pigeon (expected: tcp, grpc or auto)",
                "leave|Missing required argument",
                "leave one --all|mutually exclusive",
                "list --nope|Unknown option: '--nope'",
            })
    void saysInOneSentenceWhatCannotBeUsed(String line, String sentence) {
        int status = screens.run(line == null ? new String[0] : line.split(" "));

        assertThat(status).isEqualTo(ExitCode.USAGE.status());
        assertThat(screens.err()).startsWith("penstock: ").contains(sentence).doesNotContain("\tat ");
        assertThat(screens.out()).isEmpty();
        assertThat(home).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--help", "intercept --help", "list --help", "leave --help", "status --help", "stop --help"})
    void helpNamesTheExitCodes(String line) {
        assertThat(screens.run(line.split(" "))).isZero();

        assertThat(screens.out())
                .contains("Usage: penstock")
                .contains("Exit codes:")
                .contains("manager cannot be reached");
    }

    @Test
    void answersWithoutAServiceWhatNeedsNone() {
        assertThat(screens.run("list")).isZero();
        assertThat(screens.run("status")).isZero();
        assertThat(screens.run("stop")).isZero();
        assertThat(screens.run("leave", "--all")).isZero();
        assertThat(screens.run("version")).isZero();

        assertThat(screens.out())
                .contains("No intercepts on this machine.")
                .contains("No gateway service runs for " + home)
                .contains("penstock dev");
    }

    @Test
    void leavingWhatIsNotThereIsNotFound() {
        assertThat(screens.run("leave", "shop/checkout")).isEqualTo(ExitCode.NOT_FOUND.status());

        assertThat(screens.err()).contains("intercept: shop/checkout (expected: a name or an id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "status", "stop", "leave --all", "version"})
    void printsOneJsonDocumentAndNothingElse(String line) {
        assertThat(screens.run((line + " --json").split(" "))).isZero();

        assertThat(screens.out().lines()).hasSize(1);
        assertThat(Json.readObject(screens.out()).fields()).isNotEmpty();
        assertThat(screens.err()).isEmpty();
    }

    @Test
    void printsAFailureAsJsonToo() {
        assertThat(screens.run("leave", "shop/checkout", "--json")).isEqualTo(5);

        JsonView error = Json.readObject(screens.out()).object("error");
        assertThat(error.text("code")).isEqualTo("NOT_FOUND");
        assertThat(error.number("status")).isEqualTo(5);
        assertThat(error.text("detail")).contains("checkout");
    }

    @Test
    void takesAStateFileOfADeadProcessForNone() {
        PenstockHome stale = new PenstockHome(home).create();
        new StateFile(stale).write(new ServiceState(1, "t", Long.MAX_VALUE, Instant.EPOCH));

        assertThat(screens.run("status")).isZero();

        assertThat(screens.out()).contains("No gateway service runs");
    }

    @Test
    void takesAStateFileWhosePortNobodyAnswersForNone() {
        PenstockHome stale = new PenstockHome(home).create();
        long alive = ProcessHandle.current().pid();
        new StateFile(stale).write(new ServiceState(1, "t", alive, Instant.EPOCH));

        assertThat(screens.run("list", "--json")).isZero();

        assertThat(screens.out()).isEqualToIgnoringNewLines("{\"items\":[]}");
    }

    @ParameterizedTest
    @CsvSource({
        "400, x, USAGE",
        "422, x, USAGE",
        "401, urn:penstock:problem:unauthenticated, NOT_AUTHORISED",
        "401, urn:penstock:problem:manager-token, NOT_AUTHORISED",
        "401, urn:penstock:problem:gateway-token, GATEWAY_FAILED",
        "404, urn:penstock:problem:unknown-workload, NOT_FOUND",
        "409, urn:penstock:problem:conflict, CONFLICT",
        "409, urn:penstock:problem:other-manager, CONFLICT",
        "409, urn:penstock:problem:other-owner, CONFLICT",
        "502, urn:penstock:problem:manager-answer, MANAGER_UNREACHABLE",
        "503, urn:penstock:problem:busy, MANAGER_UNREACHABLE",
        "503, urn:penstock:problem:gateway-busy, GATEWAY_FAILED",
        "503, urn:penstock:problem:gateway-stopping, GATEWAY_FAILED",
        "500, urn:penstock:problem:internal-error, GATEWAY_FAILED",
        "429, urn:penstock:problem:limit-reached, FAILURE",
    })
    void givesEachProblemItsExitCode(int status, String type, ExitCode code) {
        assertThat(GatewayClient.codeOf(status, type)).isEqualTo(code);
    }
}
