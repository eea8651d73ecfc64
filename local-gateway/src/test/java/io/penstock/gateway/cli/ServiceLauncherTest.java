package io.penstock.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.control.StandInManager;
import io.penstock.gateway.home.HomeLock;
import io.penstock.gateway.home.PenstockHome;
import io.penstock.gateway.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process of its own. */
@Timeout(120)
class ServiceLauncherTest {

    @TempDir
    Path home = Path.of("");

    @Test
    void startsAServiceFindsItAgainAndStopsIt() throws IOException {
        try (StandInManager manager = new StandInManager()) {
            manager.on("GET /api/v1/intercepts", 200, "{\"items\":[]}");
            CommandRun command =
                    new CommandRun(home, manager.url(), Files.writeString(home.resolve("t"), StandInManager.TOKEN));

            CommandRun.Outcome first = command.run("list", "--all");
            assertThat(first.status()).as(first.err()).isZero();
            assertThat(first.err()).contains("Starting the gateway service").doesNotContain("ended again");

            CommandRun.Outcome second = command.run("intercept", "shop/x", "--port", "1", "--to", "1");
            assertThat(second.status()).isEqualTo(5);
            assertThat(second.err()).doesNotContain("Starting").doesNotContain("ended again");
            assertThat(HomeLock.tryTake(new PenstockHome(home))).isEmpty();

            assertThat(Json.readObject(command.run("status", "--json").out()).truth("running"))
                    .isTrue();
            assertThat(command.run("stop").out()).contains("has stopped");
            assertThat(home.resolve("gateway.json")).doesNotExist();
        }
    }

    @Test
    void endsTheServiceThatItStartedForAnInterceptThatCannotBeMade() throws IOException {
        CommandRun command = new CommandRun(home, "http://127.0.0.1:1", Files.writeString(home.resolve("t"), "t"));

        CommandRun.Outcome refused = command.run("intercept", "shop/checkout", "--port", "1", "--to", "1");

        assertThat(refused.status()).as(refused.err()).isEqualTo(3);
        assertThat(refused.err())
                .contains(
                        "Starting the gateway service",
                        "The gateway service that was started for this has ended again.");
        assertThat(home.resolve("gateway.json")).doesNotExist();
        try (HomeLock free = HomeLock.tryTake(new PenstockHome(home)).orElseThrow()) {
            assertThat(free).isNotNull();
        }
    }

    @Test
    void leavesAtTheManagerWithoutAServiceAndLeavesNoneBehind() throws IOException {
        try (StandInManager manager = new StandInManager()) {
            String orphan =
                    "{\"id\":\"i-1\",\"name\":\"orphan\",\"workload\":\"shop/checkout\",\"state\":\"%s\",\"owner\":\""
                            + System.getProperty("user.name") + "\"}";
            manager.on("GET /api/v1/intercepts", 200, "{\"items\":[" + orphan.formatted("SUSPENDED") + "]}");
            manager.on("DELETE /api/v1/intercepts/i-1", 202, orphan.formatted("DRAINING"));
            CommandRun command =
                    new CommandRun(home, manager.url(), Files.writeString(home.resolve("t"), StandInManager.TOKEN));

            CommandRun.Outcome left = command.run("leave", "orphan");

            assertThat(left.status()).as(left.err()).isZero();
            assertThat(left.out()).contains("Left shop/checkout (orphan, i-1): DRAINING");
            assertThat(left.err()).contains("for a moment", "ended again");
            assertThat(home.resolve("gateway.json")).doesNotExist();
        }
    }

    @Test
    void usesAnArchiveOfClassesOnlyWhenItIsThere() throws IOException {
        Path archive = home.resolve("gateway.jsa");
        assertThat(ServiceLauncher.archive(archive)).isEmpty();

        Files.writeString(archive, "");

        assertThat(ServiceLauncher.archive(archive)).contains("-Xshare:auto", "-XX:SharedArchiveFile=" + archive);
    }

    @Test
    void printsTheServicesLastWordsWhenItDoesNotStart() {
        Screens screens =
                Screens.live(Map.of("PENSTOCK_HOME", home.toString(), "PENSTOCK_GATEWAY_LISTEN_PORT", "http"));

        int status = screens.run("list", "--all");

        assertThat(status).isEqualTo(ExitCode.GATEWAY_FAILED.status());
        assertThat(screens.err())
                .contains("gateway service: ended with status 7")
                .contains("http (expected: int)");
    }
}
