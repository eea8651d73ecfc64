package io.penstock.gateway.cli;

import io.penstock.gateway.home.ServiceState;
import io.penstock.gateway.json.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code penstock stop}: ends the gateway service.
 *
 * <p><em>Immutable</em> once it is parsed.
 */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        header = "Stop the gateway service, and with it every intercept of this machine.",
        description = {"", "Running requests finish within the drain grace (30 s), unless --now.", ""})
final class StopCommand implements Callable<Integer> {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Console console;

    @Option(names = "--now", description = "End running requests at once.")
    boolean now;

    @Mixin
    final OutputOptions output = new OutputOptions();

    StopCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Optional<GatewayClient> gateway = new ServiceFinder(console).find();
        gateway.ifPresent(this::stop);
        if (output.json) {
            console.print(Json.write(Map.of("stopped", gateway.isPresent())));
        } else {
            console.print(gateway.isPresent() ? "The gateway service has stopped." : "No gateway service runs.");
        }
        return ExitCode.OK.status();
    }

    private void stop(GatewayClient client) {
        ServiceState service = client.service();
        client.post("/api/v1/shutdown?now=" + now, Map.of());
        Deadline deadline = Deadline.in(LONGEST, console.clock());
        while (service.isAlive()) {
            if (deadline.isOver() || console.stop().await(LOOK)) {
                throw new CommandFailure(
                        ExitCode.GATEWAY_FAILED,
                        service + " still runs (expected: its end within " + LONGEST.toSeconds() + " s)");
            }
        }
    }
}
