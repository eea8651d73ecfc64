package io.penstock.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An archive of the classes that a process loads, beside the jar that they come from: with it the JVM maps what it would
 * otherwise read, check and link at each start. Thread-safe.
 */
enum ClassArchive {
    MANAGER("manager-service", "manager.jsa"),
    AGENT("agent-service", "agent.jsa"),
    GATEWAY("local-gateway", "gateway.jsa"),
    COMMAND("local-gateway", "penstock.jsa");

    /** A JVM that cannot use an archive goes on without, and need not say so. */
    private static final String QUIET = "-Xlog:cds*=off";

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final String module;
    private final String file;

    ClassArchive(String module, String file) {
        this.module = module;
        this.file = file;
    }

    Path in(Jars jars) {
        return jars.root().resolve(module).resolve("target").resolve(file);
    }

    /** Returns the flags that use it; none when it is not there. */
    List<String> using(Jars jars) {
        Path archive = in(jars);
        return Files.isRegularFile(archive) ? List.of("-XX:SharedArchiveFile=" + archive, QUIET) : List.of();
    }

    /** Returns the flags that note which classes the process loads. */
    List<String> noting(Path directory) {
        return List.of("-XX:DumpLoadedClassList=" + notes(directory));
    }

    private Path notes(Path directory) {
        return directory.resolve(file + ".classes");
    }

    private List<String> command(Jars jars, List<String> flags) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", jars.of(module).toString()));
        return command;
    }

    private Path draft(Jars jars) {
        return in(jars).resolveSibling(file + ".new");
    }

    /** Begins to make it of the notes in the directory. */
    LaunchedProcess begin(Jars jars, Path directory) throws IOException {
        // Only this collector can keep objects in an archive; every one can use them.
        List<String> flags = List.of(
                "-Xshare:dump",
                "-XX:+UseG1GC",
                "-XX:SharedClassListFile=" + notes(directory),
                "-XX:SharedArchiveFile=" + draft(jars),
                "-Xlog:disable");
        return LaunchedProcess.start(new LaunchSpec(file, command(jars, flags), directory.resolve(file + ".log")));
    }

    /** Puts it in its place once it is whole: half an archive would end a JVM. */
    void finish(Jars jars, LaunchedProcess process) throws IOException {
        if (process.awaitExit(LIMIT) != 0) {
            throw new IOException(
                    file + ": not made (expected: an archive of classes); the JVM says\n" + process.logTail());
        }
        Files.move(draft(jars), in(jars), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
