package io.penstock.system.stage;

import io.penstock.bench.load.BytePattern;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A caller with a plain blocking socket, on which nothing waits for longer than a minute. Used by one thread for each direction. */
public final class RawCaller implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int BLOCK = 32 * 1024;

    private final Socket socket;

    private RawCaller(Socket socket) {
        this.socket = socket;
    }

    /** How a connection ended for the one who reads it. Immutable. */
    public enum Ending {
        /** The far side said that nothing more comes. */
        CLEAN,
        /** The far side reset the connection. */
        RESET
    }

    /** What came until the end. Immutable. */
    public record Received(long bytes, Ending ending) {}

    public static RawCaller dial(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(address, PATIENCE_MILLIS);
        return new RawCaller(socket);
    }

    public RawCaller say(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawCaller send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends that many bytes of the {@link BytePattern}. */
    public static void sendPattern(OutputStream out, long length) throws IOException {
        byte[] block = new byte[BLOCK];
        long sent = 0;
        while (sent < length) {
            int size = (int) Math.min(BLOCK, length - sent);
            BytePattern.at(sent, size).getBytes(0, block, 0, size);
            out.write(block, 0, size);
            sent += size;
        }
    }

    /** Says that nothing more comes from here. */
    public RawCaller halfClose() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    public InputStream in() throws IOException {
        return socket.getInputStream();
    }

    public OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    /** Reads to the end, and says which kind of end it was. */
    public Received readToEnd() throws IOException {
        byte[] block = new byte[BLOCK];
        long bytes = 0;
        try {
            while (true) {
                int read = in().read(block);
                if (read < 0) {
                    return new Received(bytes, Ending.CLEAN);
                }
                bytes += read;
            }
        } catch (SocketException e) {
            return new Received(bytes, Ending.RESET);
        }
    }

    /** Makes closing a reset instead of a clean end. */
    public RawCaller abrupt() throws SocketException {
        socket.setSoLinger(true, 0);
        return this;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
