package io.penstock.tunnel.tls;

import io.penstock.tunnel.TunnelException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which PEM files an end of TLS is made of.
 *
 * @param trusted the authorities whose certificates are believed; at a server none asks for no certificate, at a client none means
 *     those that the JDK trusts
 * @param identity who we are; a server needs one
 *     <p><em>Immutable</em>.
 */
public record TlsFiles(Optional<Path> trusted, Optional<Identity> identity) {

    /**
     * A certificate with its chain, and its private key in PKCS#8.
     *
     * <p><em>Immutable</em>.
     */
    public record Identity(Path certificate, Path key) {}

    /**
     * The files as settings name them; blank means none.
     *
     * @throws TunnelException when a certificate comes without its key, or the reverse
     */
    public static TlsFiles of(String trusted, String certificate, String key) {
        if (certificate.isBlank() != key.isBlank()) {
            String given = certificate.isBlank() ? "key " + key : "certificate " + certificate;
            throw new TunnelException("TLS_FILES", given + " (expected: a certificate together with its key)");
        }
        return new TlsFiles(
                path(trusted), path(certificate).flatMap(file -> path(key).map(secret -> new Identity(file, secret))));
    }

    private static Optional<Path> path(String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text.strip()));
    }

    List<Path> all() {
        return Stream.concat(
                        trusted.stream(), identity.stream().flatMap(one -> Stream.of(one.certificate(), one.key())))
                .toList();
    }
}
