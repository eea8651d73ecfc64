package io.penstock.system.stage;

import io.penstock.bench.config.Stopwatch;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * Callers of whom one comes every few milliseconds, whatever became of the ones before, each with a POST of its own on a
 * connection of its own. A POST, because doing one twice is worse than an error. Thread-safe.
 */
public final class SteadyCallers implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int AT_ONCE = 600;

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(AT_ONCE);
    private final AtomicInteger numbers = new AtomicInteger();
    private final List<Call> calls = new ArrayList<>();
    private final InetSocketAddress target;

    private SteadyCallers(InetSocketAddress target) {
        this.target = target;
    }

    public static SteadyCallers start(InetSocketAddress target, Duration pace) {
        SteadyCallers callers = new SteadyCallers(target);
        callers.threads.scheduleAtFixedRate(callers::send, 0, pace.toNanos(), TimeUnit.NANOSECONDS);
        return callers;
    }

    private void send() {
        threads.execute(this::call);
    }

    private void call() {
        String path = "/call/" + numbers.incrementAndGet();
        long begun = Stopwatch.nanos();
        String answer = ask(path);
        Call call = new Call(path, begun, Duration.ofNanos(Stopwatch.nanos() - begun), answer);
        synchronized (calls) {
            calls.add(call);
        }
    }

    private String ask(String path) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(target, PATIENCE_MILLIS);
            String request = "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String head = head(socket.getInputStream());
            return head.isEmpty() ? "(end)" : Call.nameIn(head);
        } catch (SocketTimeoutException e) {
            return Call.HANGING;
        } catch (IOException e) {
            return Call.RESET;
        }
    }

    /** Reads to the end of the head, which may come in pieces, or to the end. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        byte[] block = new byte[1024];
        int read = 0;
        while (read >= 0 && head.indexOf("\r\n\r\n") < 0) {
            read = in.read(block);
            head.append(new String(block, 0, Math.max(0, read), StandardCharsets.US_ASCII));
        }
        return head.toString();
    }

    /** Waits until that app has answered somebody who came since then. */
    public void awaitAnswerBy(String app, long sinceNanos) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> calls().stream()
                        .anyMatch(call ->
                                call.begunNanos() > sinceNanos && call.answer().equals(app)));
    }

    /** Returns the calls that have ended, in the order of their ends. */
    public List<Call> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    /** Sends no more, waits for the last one, and returns them all. */
    public List<Call> finish() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(2L * PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("callers: still waiting (expected: each ends by itself)");
        }
        return calls();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
