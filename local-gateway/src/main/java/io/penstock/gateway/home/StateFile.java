package io.penstock.gateway.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The file that says where the service is: readable by its owner only, and replaced whole, so that a reader never sees half.
 *
 * <p><em>Thread-safe</em>.
 */
public final class StateFile {

    private final PenstockHome home;

    public StateFile(PenstockHome home) {
        this.home = home;
    }

    /** What the file says; nothing when there is none, or none that can be understood. */
    public Optional<ServiceState> read() {
        try {
            return ServiceState.parse(Files.readString(home.stateFile()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "state file: " + home.stateFile() + " (expected: a file that you can read)", e);
        }
    }

    public void write(ServiceState state) {
        try {
            Path draft = Files.createTempFile(home.directory(), "gateway", ".tmp", ownerOnly());
            Files.writeString(draft, state.format());
            Files.move(draft, home.stateFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("state file: " + home.stateFile() + " (expected: a place to write)", e);
        }
    }

    /** Removes the file if it still speaks of that process. */
    public void remove(long pid) {
        try {
            if (read().filter(state -> state.pid() == pid).isPresent()) {
                Files.deleteIfExists(home.stateFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("state file: " + home.stateFile() + " (expected: removable)", e);
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        return home.supportsPermissions()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
