package io.penstock.gateway.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * The directory that the command and its service share: {@code $PENSTOCK_HOME}, or {@code ~/.penstock}.
 *
 * @param directory absolute
 *     <p><em>Immutable</em>.
 */
public record PenstockHome(Path directory) {

    /** Names the directory. */
    public static final String VARIABLE = "PENSTOCK_HOME";

    /** Finds the home that the environment names. */
    public static PenstockHome of(Map<String, String> environment) {
        String named = environment.getOrDefault(VARIABLE, "");
        Path path = named.isBlank() ? Path.of(System.getProperty("user.home"), ".penstock") : Path.of(named);
        return new PenstockHome(path.toAbsolutePath().normalize());
    }

    /** Where the running service says how to reach it. */
    public Path stateFile() {
        return directory.resolve("gateway.json");
    }

    /** Held by the service while it runs. */
    public Path lockFile() {
        return directory.resolve("gateway.lock");
    }

    /** What the service says. */
    public Path logFile() {
        return directory.resolve("gateway.log");
    }

    /** Where a manager on this machine leaves its first token. */
    public Path managerTokenFile() {
        return directory.resolve("manager").resolve("token");
    }

    /** Makes the directory, for its owner only. */
    public PenstockHome create() {
        try {
            Files.createDirectories(directory);
            if (supportsPermissions()) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    VARIABLE + ": " + directory + " (expected: a directory that can be made and written)", e);
        }
    }

    boolean supportsPermissions() {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
