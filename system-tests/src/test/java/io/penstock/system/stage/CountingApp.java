package io.penstock.system.stage;

import io.penstock.bench.load.TinyWebApp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A laptop's app in the test's own process that keeps connections and knows how often it was asked for each path. A request is
 * counted when its head is complete, before it is answered. Thread-safe.
 */
public final class CountingApp implements AutoCloseable {
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private final RawApp app;

    private CountingApp() throws IOException {
        app = RawApp.start(this::answerAll);
    }

    public static CountingApp start() throws IOException {
        return new CountingApp();
    }

    public InetSocketAddress address() {
        return app.address();
    }

    /** Returns how many requests for a path have arrived. */
    public int asked(String path) {
        return asked.getOrDefault(path, 0);
    }

    private void answerAll(Socket connection) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
        for (String request = in.readLine(); request != null; request = in.readLine()) {
            String line = in.readLine();
            while (line != null && !line.isEmpty()) {
                line = in.readLine();
            }
            if (line == null) {
                return;
            }
            asked.merge(request.split(" ")[1], 1, Integer::sum);
            connection.getOutputStream().write(answer());
        }
    }

    private static byte[] answer() {
        String body = TinyWebApp.greeting(Stage.LAPTOP);
        String head = "HTTP/1.1 200 OK\r\n" + TinyWebApp.NAME_HEADER + ": " + Stage.LAPTOP + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        app.close();
    }
}
