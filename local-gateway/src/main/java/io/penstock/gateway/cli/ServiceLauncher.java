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
import java.util.function.Function;
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
    /** To tell a service that is not ready yet that nobody wants it any more. */
    private static final Duration GIVE_UP = Duration.ofSeconds(2);

    /** A service that has become ready; another command may have been faster. <em>Immutable</em>. */
    private record Started(GatewayClient client, boolean isOurs) {}

    private final Console console;
    private final ServiceFinder finder;

    ServiceLauncher(Console console, ServiceFinder finder) {
        this.console = console;
        this.finder = finder;
    }

    /**
     * Does it with the service that runs, or with a new one. A new one stays for the next command; but when this one fails, and
     * nobody else has come to use it, it is ended again.
     */
    <T> T with(Function<GatewayClient, T> work) {
        Optional<GatewayClient> running = finder.find();
        if (running.isPresent()) {
            return work.apply(running.get());
        }
        console.tell("Starting the gateway service (it stays for the next command; penstock stop ends it) ...");
        Started started = start();
        try {
            return work.apply(started.client());
        } catch (CommandFailure e) {
            if (started.isOurs()) {
                end(started.client());
            }
            throw e;
        }
    }

    /** Does it with the service that runs, or with one that is ended again afterwards in any case. */
    <T> T briefly(Function<GatewayClient, T> work) {
        Optional<GatewayClient> running = finder.find();
        if (running.isPresent()) {
            return work.apply(running.get());
        }
        console.tell("Starting the gateway service for a moment ...");
        Started started = start();
        try {
            return work.apply(started.client());
        } finally {
            if (started.isOurs()) {
                end(started.client());
            }
        }
    }

    private void end(GatewayClient started) {
        try {
            if (new ServiceEnd(console).stopUnused(started)) {
                console.tell("The gateway service that was started for this has ended again.");
            }
        } catch (CommandFailure e) {
            console.tell("The gateway service goes on; penstock stop ends it: " + e.sentence());
        }
    }

    private Started start() {
        PenstockHome home = create();
        console.stop().heed(GIVE_UP);
        Process process = launch(home);
        try {
            GatewayClient client = awaitReady(home, process);
            return new Started(client, client.service().pid() == process.pid());
        } catch (CommandFailure e) {
            process.destroy();
            throw e;
        } finally {
            console.stop().heed(Duration.ZERO);
        }
    }

    private GatewayClient awaitReady(PenstockHome home, Process process) {
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
        // One compiler: with both a start takes 70 % more CPU and 38 MiB more; see docs/operations.md.
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
