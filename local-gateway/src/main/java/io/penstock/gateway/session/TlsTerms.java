package io.penstock.gateway.session;

import io.penstock.gateway.problem.GatewayProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What TLS towards a manager and its agents is made of: PEM files, read again when they change; each may be empty.
 *
 * @param authorities who signs their certificates; empty means those that the JDK trusts
 * @param certificate ours, for those who ask for one
 * @param key the private key of our certificate
 * @param serverName whose certificate relays and link ports show, when that is not the name that is dialled
 *     <p><em>Immutable</em>.
 */
public record TlsTerms(String authorities, String certificate, String key, String serverName) {

    public static final TlsTerms DEFAULT = new TlsTerms("", "", "", "");

    /** Fails with a sentence for people when a file is not there. */
    public TlsTerms check() {
        Map.of("TLS authorities", authorities, "TLS certificate", certificate, "TLS key", key)
                .forEach((what, file) -> {
                    if (!file.isEmpty() && !Files.isReadable(Path.of(file))) {
                        throw GatewayProblem.invalid(what, file, "a file in PEM that can be read");
                    }
                });
        if (certificate.isEmpty() != key.isEmpty()) {
            throw GatewayProblem.invalid("TLS certificate", certificate, "a certificate together with its key");
        }
        return this;
    }
}
