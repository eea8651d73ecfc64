package io.penstock.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The command in this process, as a developer would type it. <em>Thread-safe</em>. */
public final class CommandRun {

    private final Map<String, String> environment;

    public CommandRun(Path home, String manager, Path tokenFile) {
        this.environment = Map.of(
                "PENSTOCK_HOME",
                home.toString(),
                "PENSTOCK_MANAGER",
                manager,
                "PENSTOCK_TOKEN_FILE",
                tokenFile.toString(),
                "PENSTOCK_GATEWAY_LISTEN_PORT",
                "0");
    }

    public record Outcome(int status, String out, String err) {}

    public Outcome run(String... arguments) {
        return begin(arguments).await();
    }

    /** Begins a command that stays. */
    public Running begin(String... arguments) {
        Screens screens = Screens.live(environment);
        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> screens.run(arguments));
        return new Running(screens, status);
    }

    /** A command under way. Thread-safe. */
    public static final class Running {
        private final Screens screens;
        private final CompletableFuture<Integer> status;

        private Running(Screens screens, CompletableFuture<Integer> status) {
            this.screens = screens;
            this.status = status;
        }

        /** What Ctrl-C does. */
        public void stop() {
            screens.console().stop().stop();
        }

        public void awaitOut(String text) {
            Deadline deadline = Deadline.in(Duration.ofSeconds(30), InstantSource.system());
            while (!screens.out().contains(text) && !deadline.isOver() && !status.isDone()) {
                new Interruption().await(Duration.ofMillis(20));
            }
            assertThat(screens.out()).as("errors: %s", screens.err()).contains(text);
        }

        public Outcome await() {
            int code = status.orTimeout(60, TimeUnit.SECONDS).join();
            return new Outcome(code, screens.out(), screens.err());
        }
    }
}
