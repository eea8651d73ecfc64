package io.penstock.bench.process;

import io.penstock.bench.config.AtExit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory of our own, readable by nobody else, that is gone when closed, at the latest when this JVM ends. Immutable. */
public record ScratchDirectory(Path path) implements AutoCloseable {
    public static ScratchDirectory create(String name) throws IOException {
        ScratchDirectory scratch = new ScratchDirectory(Files.createTempDirectory(
                "penstock-" + name + "-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
        AtExit.run(scratch::close);
        return scratch;
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** Writes a file of the directory, readable by its owner only. */
    public Path write(String name, String text) throws IOException {
        Path file = Files.writeString(resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Override
    public void close() {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": not deleted (expected: nothing else uses it)", e);
        }
    }
}
