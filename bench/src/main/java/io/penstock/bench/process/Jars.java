package io.penstock.bench.process;

import java.io.FileNotFoundException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The built jars of the modules, each beside its {@code lib/}, below the root of the source tree. Immutable. */
public record Jars(Path root) {
    /** Finds the root above this class's own jar, or its class directory. */
    public static Jars find() throws FileNotFoundException {
        return new Jars(rootAbove(ownLocation()));
    }

    /** Takes the jars of another source tree, by its root. */
    public static Jars in(Path tree) throws FileNotFoundException {
        Path root = tree.toAbsolutePath().normalize();
        if (!root.equals(rootAbove(root))) {
            throw new FileNotFoundException(tree + ": not the root of a source tree of Penstock (expected: one)");
        }
        return new Jars(root);
    }

    private static Path ownLocation() {
        try {
            URI location = Jars.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            return Path.of(location);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("location of the bench classes: " + e.getInput() + " (expected: a URI)", e);
        }
    }

    private static Path rootAbove(Path start) throws FileNotFoundException {
        for (Path each = start; each != null; each = each.getParent()) {
            if (Files.isDirectory(each.resolve("agent-service")) && Files.isDirectory(each.resolve("bench"))) {
                return each;
            }
        }
        throw new FileNotFoundException(start + ": not in a source tree of Penstock (expected: below its root)");
    }

    public Path of(String module) throws FileNotFoundException {
        Path jar = root.resolve(module).resolve("target").resolve(module + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new FileNotFoundException(jar + ": not built (expected: by mvn -DskipTests package)");
        }
        return jar;
    }

    /** Returns the command line that runs a main class of a module with this JVM's java. */
    List<String> command(String module, String mainClass, List<String> jvmFlags, List<String> arguments)
            throws FileNotFoundException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        command.addAll(List.of("-cp", of(module).toString(), mainClass));
        command.addAll(arguments);
        return command;
    }
}
