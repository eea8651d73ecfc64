package io.penstock.gateway.cli;

import io.penstock.gateway.home.PenstockHome;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts the service and waits until it answers.
 *
 * <p><em>Thread-safe</em>.
 */
final class ServiceLauncher {

    /** The service's own exit status when another one was faster. */
    private static final int ANOTHER_RUNS = 8;

    private static final Duration READY = Duration.ofSeconds(40);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final int LOG_LINES = 8;

    private final Console console;
    private final ServiceFinder finder;

    ServiceLauncher(Console console, ServiceFinder finder) {
        this.console = console;
        this.finder = finder;
    }

    /** The service that runs, or a new one. */
    GatewayClient findOrStart() {
        return finder.find().orElseGet(this::start);
    }

    private GatewayClient start() {
        PenstockHome home = create();
        console.tell("Starting the gateway service (it stays for the next command; penstock stop ends it) ...");
        Process process = launch(home);
        Deadline deadline = Deadline.in(READY, console.clock());
        while (!deadline.isOver()) {
            Optional<GatewayClient> found = Files.exists(home.stateFile()) ? finder.find() : Optional.empty();
            if (found.isPresent()) {
                return found.get();
            }
            if (!process.isAlive() && process.exitValue() != ANOTHER_RUNS) {
                throw failure("ended with status " + process.exitValue(), home);
            }
            if (console.stop().await(LOOK)) {
                throw new CommandFailure(ExitCode.FAILURE, "interrupted while the gateway service starts");
            }
        }
        throw failure("does not answer " + READY.toSeconds() + " s after its start", home);
    }

    private PenstockHome create() {
        try {
            return console.home().create();
        } catch (UncheckedIOException e) {
            throw new CommandFailure(ExitCode.GATEWAY_FAILED, String.valueOf(e.getMessage()));
        }
    }

    private Process launch(PenstockHome home) {
        File log = home.logFile().toFile();
        ProcessBuilder builder = new ProcessBuilder(commandLine())
                .directory(home.directory().toFile())
                .redirectInput(Redirect.from(nothing()))
                .redirectOutput(Redirect.to(log))
                .redirectError(Redirect.appendTo(log));
        builder.environment().putAll(console.environment());
        builder.environment().put(PenstockHome.VARIABLE, home.directory().toString());
        try {
            return builder.start();
        } catch (IOException e) {
            throw failure("cannot be started: " + e.getMessage(), home);
        }
    }

    private static List<String> commandLine() {
        List<String> line = new ArrayList<>();
        if (!isWindows()) {
            // Ctrl-C in the terminal goes to every process of the group: the service must not hear it.
            line.addAll(List.of("/bin/sh", "-c", "trap '' INT HUP QUIT; exec \"$@\"", "penstock-gateway"));
        }
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        // Room for a start that collects little.
        line.addAll(List.of("-Xms48m", "-XX:NewSize=24m", "-Xmx256m"));
        line.addAll(archive(Path.of(classPath().split(File.pathSeparator)[0]).resolveSibling("gateway.jsa")));
        line.addAll(List.of("-cp", classPath(), "io.penstock.gateway.GatewayApplication"));
        return line;
    }

    /** The flags that use an archive of classes, if it is there; a JVM that it does not fit goes on without, in silence. */
    static List<String> archive(Path file) {
        return Files.isRegularFile(file)
                ? List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + file, "-Xlog:cds*=off")
                : List.of();
    }

    /** Absolute, because the service works in its home and outlives the directory in which the command was typed. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isWindows() {
        return File.separatorChar == '\\';
    }

    private static File nothing() {
        return new File(isWindows() ? "NUL" : "/dev/null");
    }

    private static CommandFailure failure(String what, PenstockHome home) {
        StringBuilder sentence = new StringBuilder("gateway service: " + what + " (expected: ready within "
                + READY.toSeconds() + " s); the end of " + home.logFile() + ":");
        lastLines(home.logFile()).forEach(line -> sentence.append("\n  ").append(line));
        return new CommandFailure(ExitCode.GATEWAY_FAILED, sentence.toString());
    }

    private static List<String> lastLines(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
        } catch (IOException e) {
            return List.of("(nothing can be read there: " + e.getMessage() + ")");
        }
    }
}
