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

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            description =
                    "Authorities (PEM) that certificates of relays and agents are checked by, where these speak TLS. "
                            + "Default: $PENSTOCK_TLS_CA, then those of the JDK.")
    @Nullable
    String tlsCa;

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description =
                    "Our certificate (PEM, with its chain), where one is asked for. Default: $PENSTOCK_TLS_CERTIFICATE.")
    @Nullable
    String tlsCertificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "Its private key (PEM, PKCS#8). Default: $PENSTOCK_TLS_KEY.")
    @Nullable
    String tlsKey;

    @Option(
            names = "--tls-server-name",
            paramLabel = "NAME",
            description = "Whose certificate is expected, when that is not the name that is dialled. "
                    + "Default: $PENSTOCK_TLS_SERVER_NAME.")
    @Nullable
    String tlsServerName;

    /** The manager's part of a request; the token itself is read by the service. */
    Map<String, @Nullable Object> body(Console console, String route) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("manager", manager != null ? manager : console.variable("PENSTOCK_MANAGER", "http://127.0.0.1:8080"));
        body.put("tokenFile", tokenFile(console));
        body.put("route", route);
        body.put("tls", tls(console));
        return body;
    }

    private Map<String, String> tls(Console console) {
        Map<String, String> tls = new LinkedHashMap<>();
        tls.put("ca", file(console, tlsCa, "PENSTOCK_TLS_CA"));
        tls.put("certificate", file(console, tlsCertificate, "PENSTOCK_TLS_CERTIFICATE"));
        tls.put("key", file(console, tlsKey, "PENSTOCK_TLS_KEY"));
        tls.put("serverName", chosen(console, tlsServerName, "PENSTOCK_TLS_SERVER_NAME"));
        return tls;
    }

    private static String chosen(Console console, @Nullable String flag, String variable) {
        return flag != null ? flag : console.variable(variable, "");
    }

    /** Absolute, since the service works elsewhere. */
    private static String file(Console console, @Nullable String flag, String variable) {
        String name = chosen(console, flag, variable);
        return name.isEmpty() ? "" : Path.of(name).toAbsolutePath().toString();
    }

    private String tokenFile(Console console) {
        String standard = console.home().managerTokenFile().toString();
        String chosen = tokenFile != null ? tokenFile : console.variable("PENSTOCK_TOKEN_FILE", standard);
        return Path.of(chosen).toAbsolutePath().toString();
    }
}
