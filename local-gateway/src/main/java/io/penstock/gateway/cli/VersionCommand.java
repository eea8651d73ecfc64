package io.penstock.gateway.cli;

import io.penstock.gateway.home.GatewayVersion;
import io.penstock.gateway.json.Json;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code penstock version}.
 *
 * <p><em>Immutable</em> once it is parsed.
 */
@Command(name = "version", mixinStandardHelpOptions = true, header = "Print the version of this command.")
final class VersionCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    final OutputOptions output = new OutputOptions();

    VersionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        String version = GatewayVersion.text();
        console.print(output.json ? Json.write(Map.of("version", version)) : "penstock " + version);
        return ExitCode.OK.status();
    }
}
