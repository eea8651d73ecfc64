package io.penstock.manager.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The manager's home: the bearer token and the key that signs join tokens, each made at the first start and readable by
 * its owner only, and the state. Their paths are logged, their values never.
 *
 * <p><em>Startup only</em>.
 */
public final class StateDirectory {
    private static final Logger log = LoggerFactory.getLogger(StateDirectory.class);
    private static final int SECRET_BYTES = 32;
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{16,512}");

    private final Path home;
    private final SecureRandom random;

    /** Opens the directory, making it when it is missing. A leading "~" stands for the user's home. */
    public StateDirectory(String home, SecureRandom random) {
        this.home = expand(home);
        this.random = random;
        try {
            Files.createDirectories(this.home, ownerOnly("rwx------"));
        } catch (FileAlreadyExistsException file) {
            throw refused(this.home + " is a file", "a directory", file);
        } catch (IOException failed) {
            throw refused(
                    this.home + " cannot be made (" + reason(failed) + ")", "a directory that can be written", failed);
        }
    }

    /** The name of the state file, without a suffix. */
    public Path state() {
        return home.resolve("state");
    }

    /** The token of the file "token". */
    public BearerToken token() {
        Path file = home.resolve("token");
        boolean made = makeIfMissing(file);
        String value = read(file).strip();
        if (!TOKEN.matcher(value).matches()) {
            throw new StartRefused(file + ": " + value.length()
                    + " characters (expected: one token of 16 to 512 printable characters without a space)");
        }
        log.info("bearer token {} {}", made ? "made, it lies in" : "read from", file);
        return new BearerToken(value);
    }

    /** The key of the file "join-key". */
    public byte[] joinKey() {
        Path file = home.resolve("join-key");
        makeIfMissing(file);
        try {
            byte[] key = Base64.getUrlDecoder().decode(read(file).strip());
            if (key.length == SECRET_BYTES) {
                return key;
            }
            throw new StartRefused(file + ": " + key.length + " bytes (expected: " + SECRET_BYTES + " in base64url)");
        } catch (IllegalArgumentException notBase64) {
            throw new StartRefused(
                    file + ": not base64url (expected: " + SECRET_BYTES + " bytes in base64url)", notBase64);
        }
    }

    /** A finished file is moved into place, so that a crash leaves none or a whole one; the first of two makers wins. */
    private boolean makeIfMissing(Path file) {
        if (Files.exists(file)) {
            return false;
        }
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret) + "\n";
        try {
            Path draft = Files.createTempFile(home, ".secret", ".new", ownerOnly("rw-------"));
            try {
                Files.writeString(draft, text, StandardCharsets.US_ASCII);
                Files.createLink(file, draft);
            } finally {
                Files.delete(draft);
            }
            return true;
        } catch (FileAlreadyExistsException other) {
            return false;
        } catch (IOException failed) {
            throw refused(
                    home + " cannot be written (" + reason(failed) + ")", "a directory that can be written", failed);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException failed) {
            throw new StartRefused(
                    file + ": cannot be read (" + reason(failed) + ") (expected: a file that this user can read)",
                    failed);
        }
    }

    private static Path expand(String home) {
        String text =
                home.equals("~") || home.startsWith("~/") ? System.getProperty("user.home") + home.substring(1) : home;
        return Path.of(text).toAbsolutePath().normalize();
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        boolean posix =
                Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static StartRefused refused(String what, String expectation, IOException cause) {
        return new StartRefused("penstock.manager.home: " + what + " (expected: " + expectation + ")", cause);
    }

    private static String reason(IOException failed) {
        if (failed instanceof AccessDeniedException) {
            return "permission denied";
        }
        return failed instanceof NoSuchFileException
                ? "no such file"
                : failed.getClass().getSimpleName().toLowerCase(Locale.ROOT) + ": " + failed.getMessage();
    }
}
