package io.penstock.gateway.cli;

import io.penstock.gateway.json.Json;
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
        description = {
            "",
            "Running requests finish within the drain grace (30 s), unless --now. penstock intercept in other terminals ends with 0.",
            ""
        })
final class StopCommand implements Callable<Integer> {

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
        gateway.ifPresent(client -> new ServiceEnd(console).stop(client, now));
        if (output.json) {
            console.print(Json.write(Map.of("stopped", gateway.isPresent())));
        } else {
            console.print(gateway.isPresent() ? "The gateway service has stopped." : "No gateway service runs.");
        }
        return ExitCode.OK.status();
    }
}
