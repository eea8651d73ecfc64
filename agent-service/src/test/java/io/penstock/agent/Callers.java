package io.penstock.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/**
 * What callers do.
 *
 * <p><em>Thread-safe</em>.
 */
public final class Callers {

    private static final int TIMEOUT_MILLIS = 20_000;

    private Callers() {}

    public static Socket dial(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    public static void say(Socket socket, byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    /** Says it, half-closes, and returns the whole answer. */
    public static String ask(int port, String words) throws IOException {
        try (Socket socket = dial(port)) {
            say(socket, words.getBytes(UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
