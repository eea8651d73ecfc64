package io.penstock.tunnel.testkit;

import io.penstock.tunnel.tls.TlsFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A certificate authority that lives as long as a test, made by the JDK's own keytool. What it issues lies in PEM files.
 *
 * <p><em>Thread-safe</em>, for one test at a time.
 */
public final class Authority {

    private static final String PASSWORD = "of-no-importance";
    private static final String CA = "ca";
    private static final List<String> OVER = List.of("-startdate", "-3d");

    private final Path directory;
    private final Path store;
    private final String name;

    private Authority(Path directory, String name) {
        this.directory = directory;
        this.store = directory.resolve(name + ".p12");
        this.name = name;
    }

    /** A new authority, with files in that directory. */
    public static Authority in(Path directory, String name) throws IOException {
        return in(directory, name, List.of());
    }

    /** An authority whose own certificate ended yesterday. */
    public static Authority expiredIn(Path directory, String name) throws IOException {
        return in(directory, name, OVER);
    }

    private static Authority in(Path directory, String name, List<String> more) throws IOException {
        Authority authority = new Authority(directory, name);
        authority.keytool(CA, "CN=" + name, both(List.of("-ext", "bc:critical"), more));
        authority.write(authority.certificate(), pem("CERTIFICATE", authority.encodedCertificate(CA)));
        return authority;
    }

    /** The file that whoever trusts this authority needs. */
    public Path certificate() {
        return directory.resolve(name + ".crt");
    }

    /** A certificate of this machine's loopback names, for servers and for clients, in files of that name. */
    public TlsFiles.Identity issue(String subject) throws IOException {
        return issue(subject, subject);
    }

    /** Issues another certificate of this subject into the files of an identity, as a rotation does. */
    public TlsFiles.Identity issue(String subject, String files) throws IOException {
        return issue(subject, files, List.of());
    }

    /** A certificate that ended yesterday. */
    public TlsFiles.Identity issueExpired(String subject) throws IOException {
        return issue(subject, subject, OVER);
    }

    private TlsFiles.Identity issue(String subject, String files, List<String> more) throws IOException {
        String alias = subject + "-" + Files.size(store);
        keytool(alias, "CN=" + subject, both(List.of("-signer", CA, "-ext", "san=dns:localhost,ip:127.0.0.1"), more));
        Path certificate = directory.resolve(files + ".crt");
        Path key = directory.resolve(files + ".key");
        write(key, pem("PRIVATE KEY", encodedKey(alias)));
        write(certificate, pem("CERTIFICATE", encodedCertificate(alias)));
        return new TlsFiles.Identity(certificate, key);
    }

    /** What a client needs that trusts this authority and shows nothing itself. */
    public TlsFiles trust() {
        return new TlsFiles(Optional.of(certificate()), Optional.empty());
    }

    /** What an end needs that trusts this authority and shows its own certificate. */
    public TlsFiles trustAs(TlsFiles.Identity identity) {
        return new TlsFiles(Optional.of(certificate()), Optional.of(identity));
    }

    private void keytool(String alias, String subject, List<String> more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair"));
        command.addAll(List.of("-alias", alias, "-dname", subject, "-keyalg", "EC", "-groupname", "secp256r1"));
        command.addAll(List.of("-validity", "2", "-keystore", store.toString(), "-storepass", PASSWORD));
        command.addAll(more);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool: " + said + " (expected: a certificate)");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool runs", e);
        }
    }

    private byte[] encodedCertificate(String alias) throws IOException {
        try {
            Certificate certificate = open().getCertificate(alias);
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private byte[] encodedKey(String alias) throws IOException {
        try {
            return open().getKey(alias, PASSWORD.toCharArray()).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private KeyStore open() throws IOException, GeneralSecurityException {
        KeyStore opened = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            opened.load(in, PASSWORD.toCharArray());
        }
        return opened;
    }

    private static List<String> both(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static String pem(String what, byte[] encoded) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }

    /** Whole or not at all, as those do it who rotate. */
    private void write(Path file, String content) throws IOException {
        Path next = Files.writeString(directory.resolve(file.getFileName() + ".next"), content);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
