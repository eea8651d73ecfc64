package io.penstock.system.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An app in the test's own process that does with each connection what a script says, and then closes it. Thread-safe. */
public final class RawApp implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final InetSocketAddress address;
    private final Script script;
    private final ExecutorService threads = Executors.newCachedThreadPool(RawApp::daemon);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listener;

    /** What to do with one connection. */
    @FunctionalInterface
    public interface Script {
        void play(Socket connection) throws IOException;
    }

    private RawApp(ServerSocket listener, Script script) {
        this.listener = listener;
        this.address = (InetSocketAddress) listener.getLocalSocketAddress();
        this.script = script;
    }

    public static RawApp start(Script script) throws IOException {
        ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        RawApp app = new RawApp(listener, script);
        app.threads.execute(() -> app.acceptAll(listener));
        return app;
    }

    /** Closes the port, as an app does that restarts; what is open goes on. */
    public void stopListening() throws IOException {
        listener.close();
    }

    /** Opens the same port again. */
    public void listenAgain() throws IOException {
        ServerSocket next = new ServerSocket();
        next.setReuseAddress(true);
        next.bind(address, BACKLOG);
        listener = next;
        threads.execute(() -> acceptAll(next));
    }

    public InetSocketAddress address() {
        return address;
    }

    private void acceptAll(ServerSocket from) {
        try {
            while (!from.isClosed()) {
                Socket connection = from.accept();
                open.add(connection);
                threads.execute(() -> play(connection));
            }
        } catch (IOException e) {
            if (!from.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void play(Socket connection) {
        try (connection) {
            script.play(connection);
        } catch (IOException e) {
            // The caller sees what came of it, and that is what the test looks at.
        } finally {
            open.remove(connection);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "raw-app");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket connection : open) {
            connection.close();
        }
        threads.shutdownNow();
    }
}
