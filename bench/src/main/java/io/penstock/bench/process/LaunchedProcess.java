package io.penstock.bench.process;

import io.penstock.bench.config.AtExit;
import io.penstock.bench.config.Deadline;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A process that this one started, and ends: politely first, then for certain, and at the latest when this one ends.
 * Thread-safe.
 */
public final class LaunchedProcess implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int TAIL_LINES = 15;
    private static final Set<LaunchedProcess> ALIVE = ConcurrentHashMap.newKeySet();

    static {
        AtExit.run(LaunchedProcess::endAll);
    }

    private final LaunchSpec spec;
    private final Process process;

    private LaunchedProcess(LaunchSpec spec, Process process) {
        this.spec = spec;
        this.process = process;
    }

    public static LaunchedProcess start(LaunchSpec spec) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(spec.command())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
        builder.environment().putAll(spec.environment());
        LaunchedProcess launched = new LaunchedProcess(spec, builder.start());
        ALIVE.add(launched);
        return launched;
    }

    public String name() {
        return spec.name();
    }

    public long pid() {
        return process.pid();
    }

    public Path log() {
        return spec.log();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Reads what the process and its children have used and hold. */
    public ProcStat stat() {
        return ProcStat.ofTree(pid());
    }

    /** Waits until somebody accepts connections there. */
    public LaunchedProcess awaitPort(InetSocketAddress address, Duration limit) throws IOException {
        return await("accepts connections on port " + address.getPort(), limit, () -> accepts(address));
    }

    /** Waits until the log holds this text. */
    public LaunchedProcess awaitLog(String text, Duration limit) throws IOException {
        return await("says '" + text + "'", limit, () -> logText().contains(text));
    }

    /** Waits for a condition; fails, with the end of the log, when the process ends first or the time is over. */
    public LaunchedProcess await(String what, Duration limit, BooleanSupplier condition) throws IOException {
        Deadline deadline = Deadline.in(limit);
        boolean[] held = {false};
        deadline.awaits(() -> {
            held[0] = condition.getAsBoolean();
            return held[0] || !isAlive();
        });
        if (held[0]) {
            return this;
        }
        String state = isAlive() ? "still not after " + limit.toSeconds() + " s" : "ended with " + process.exitValue();
        throw new IOException(name() + ": " + state + " (expected: " + what + "); its log ends with\n" + logTail());
    }

    /** Waits for the process to end by itself; says whether it did. */
    public boolean ends(Duration limit) throws IOException {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(name() + ": interrupted (expected: it ends)");
        }
    }

    /** Waits for the process to end by itself, and returns its exit code. */
    public int awaitExit(Duration limit) throws IOException {
        if (ends(limit)) {
            ALIVE.remove(this);
            return process.exitValue();
        }
        throw new IOException(name() + ": still running after " + limit.toSeconds() + " s (expected: it ends); its log"
                + " ends with\n" + logTail());
    }

    /** Sends one signal by its name without SIG, for example STOP, CONT or INT, to exactly this process. */
    public void signal(String name) throws IOException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
        try {
            kill.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the process at once, as kill -9 does. */
    public void kill() {
        process.destroyForcibly();
        waitFor(GRACE);
        ALIVE.remove(this);
    }

    /** Asks the process to end, without waiting for it. */
    public void terminate() {
        process.destroy();
    }

    /** Asks the process to end, and makes it after a grace. */
    @Override
    public void close() {
        terminate();
        if (!waitFor(GRACE)) {
            kill();
        }
        ALIVE.remove(this);
    }

    private boolean waitFor(Duration limit) {
        // Not interruptible: whoever ends a process wants it gone, also on the way out.
        return Deadline.in(limit).outlasts(() -> !process.isAlive());
    }

    /** Returns the last lines of the log. */
    public String logTail() {
        List<String> lines = logText().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }

    private String logText() {
        try {
            return new String(Files.readAllBytes(spec.log()), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean accepts(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends all processes that this JVM has started and not ended. */
    public static void endAll() {
        ALIVE.forEach(launched -> launched.process.destroy());
        ALIVE.forEach(LaunchedProcess::close);
    }
}
