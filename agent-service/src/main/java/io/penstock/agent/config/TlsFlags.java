package io.penstock.agent.config;

import io.penstock.agent.config.AgentSettings.Tls;
import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.tls.TlsFiles;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * The flags about TLS, filled by picocli. Every file is read again when it changes.
 *
 * <p><em>Startup only</em>.
 */
final class TlsFlags {

    @Option(
            names = "--tls-ca",
            paramLabel = "file",
            description =
                    "Authorities (PEM) that the relay's certificate is checked by, where the manager says that the relay"
                            + " speaks TLS. Default: those of the JDK.")
    private String authorities = "";

    @Option(
            names = "--tls-certificate",
            paramLabel = "file",
            description = "Our certificate (PEM, with its chain), for a relay that asks for one.")
    private String certificate = "";

    @Option(names = "--tls-key", paramLabel = "file", description = "Its private key (PEM, PKCS#8).")
    private String key = "";

    @Option(
            names = "--tls-server-name",
            paramLabel = "name",
            description = "Whose certificate the relay shows, when that is not the name that is dialled.")
    private String serverName = "";

    @Option(
            names = "--link-tls-certificate",
            paramLabel = "file",
            description = "Speaks TLS at --link-listen, with this certificate (PEM, with its chain).")
    private String linkCertificate = "";

    @Option(names = "--link-tls-key", paramLabel = "file", description = "Its private key (PEM, PKCS#8).")
    private String linkKey = "";

    @Option(
            names = "--link-tls-client-ca",
            paramLabel = "file",
            description = "Authorities (PEM) of client certificates, which gateways must then show at --link-listen.")
    private String linkAuthorities = "";

    Tls tls() {
        TlsFiles dialling = files("--tls-certificate", authorities, certificate, key);
        TlsFiles port = files("--link-tls-certificate", linkAuthorities, linkCertificate, linkKey);
        if (port.identity().isEmpty() && port.trusted().isPresent()) {
            throw new IllegalArgumentException(
                    "--link-tls-client-ca: '" + linkAuthorities + "' (expected: together with --link-tls-certificate)");
        }
        Optional<String> name = serverName.isBlank() ? Optional.empty() : Optional.of(serverName);
        return new Tls(dialling, name, port.identity().isPresent() ? Optional.of(port) : Optional.empty());
    }

    private static TlsFiles files(String flag, String authorities, String certificate, String key) {
        try {
            return TlsFiles.of(authorities, certificate, key);
        } catch (TunnelException e) {
            throw new IllegalArgumentException(flag + ": " + e.getMessage(), e);
        }
    }
}
