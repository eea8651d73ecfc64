package io.penstock.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An app: greets with its name at once, reads until the caller has half-closed, and answers with all that it read.
 *
 * <p><em>Thread-safe</em>.
 */
public final class FakeApp implements AutoCloseable {

    private final String name;
    private final ServerSocket listening;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Future<?> accepting;

    public FakeApp(String name) {
        this.name = name;
        try {
            listening = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        accepting = threads.submit(this::accept);
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listening.getLocalSocketAddress();
    }

    /** An address where nobody listens. */
    public static InetSocketAddress nowhere() throws IOException {
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return (InetSocketAddress) gone.getLocalSocketAddress();
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket caller = listening.accept();
                serve(caller);
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket caller) throws IOException {
        try {
            threads.execute(() -> answer(caller));
        } catch (RejectedExecutionException e) {
            // Accepted while the app was closing: nobody would ever answer it.
            caller.close();
        }
    }

    private void answer(Socket caller) {
        try (caller) {
            caller.getOutputStream().write((name + ":").getBytes(UTF_8));
            caller.getOutputStream().flush();
            byte[] all = caller.getInputStream().readAllBytes();
            caller.getOutputStream().write(all);
        } catch (IOException e) {
            // The caller, or a test, went first.
        }
    }

    /** Returns when nobody can be accepted any more: the port is still open until the thread in accept has left it. */
    @Override
    public void close() {
        try {
            listening.close();
            accepting.get(10, TimeUnit.SECONDS);
        } catch (IOException | InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the app did not close", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
