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
    private final ServerSocket listener;
    private final Script script;
    private final ExecutorService threads = Executors.newCachedThreadPool(RawApp::daemon);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** What to do with one connection. */
    @FunctionalInterface
    public interface Script {
        void play(Socket connection) throws IOException;
    }

    private RawApp(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
    }

    public static RawApp start(Script script) throws IOException {
        ServerSocket listener = new ServerSocket(0, 1024, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        RawApp app = new RawApp(listener, script);
        app.threads.execute(app::acceptAll);
        return app;
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    private void acceptAll() {
        try {
            while (!listener.isClosed()) {
                Socket connection = listener.accept();
                open.add(connection);
                threads.execute(() -> play(connection));
            }
        } catch (IOException e) {
            if (!listener.isClosed()) {
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
