package io.penstock.gateway.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which manager, and how to get in.
 *
 * <p><em>Immutable</em> once it is parsed.
 */
final class ManagerOptions {

    @Option(
            names = "--manager",
            paramLabel = "URL",
            description = "The manager's REST address. Default: $PENSTOCK_MANAGER, then http://127.0.0.1:8080.")
    @Nullable
    String manager;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "The file with the manager's token. Default: $PENSTOCK_TOKEN_FILE, then "
                    + "$PENSTOCK_HOME/manager/token, where a manager on this machine leaves it.")
    @Nullable
    String tokenFile;

    /** The manager's part of a request; the token itself is read by the service. */
    Map<String, @Nullable Object> body(Console console, String route) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("manager", manager != null ? manager : console.variable("PENSTOCK_MANAGER", "http://127.0.0.1:8080"));
        body.put("tokenFile", tokenFile(console));
        body.put("route", route);
        return body;
    }

    private String tokenFile(Console console) {
        String standard = console.home().managerTokenFile().toString();
        String chosen = tokenFile != null ? tokenFile : console.variable("PENSTOCK_TOKEN_FILE", standard);
        return Path.of(chosen).toAbsolutePath().toString();
    }
}
