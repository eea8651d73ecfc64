package io.penstock.system.bytes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.penstock.system.stage.RawCaller;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Bodies that go up to a tiny web app, or come down from it, over a connection of their own. Immutable. */
public record Transfer(InetSocketAddress door, long length) {
    private static final int BLOCK = 64 * 1024;

    /** Sends the body, and returns the SHA-256 that the app says it has. */
    public String up() throws IOException {
        return upTelling(() -> {});
    }

    /** The same, and does something when half of it was sent. */
    public String upTelling(Runnable halfway) throws IOException {
        try (RawCaller caller = RawCaller.dial(door)) {
            caller.say("POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: " + length + "\r\n\r\n");
            RawCaller.sendPattern(new HalfSent(caller.out(), length / 2, halfway), length);
            InputStream in = new BufferedInputStream(caller.in());
            skipHead(in);
            return new String(in.readAllBytes(), ISO_8859_1).strip();
        }
    }

    /** Asks for the body, and returns the SHA-256 of what came. */
    public String down() throws IOException {
        return downTelling(() -> {});
    }

    /** The same, and does something when half of it has come. */
    public String downTelling(Runnable halfway) throws IOException {
        try (RawCaller caller = RawCaller.dial(door)) {
            caller.say("GET /bytes/" + length + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            InputStream in = new BufferedInputStream(caller.in(), BLOCK);
            skipHead(in);
            return hashToEnd(in, halfway);
        }
    }

    /** Waits, for a minute at most, until everybody has come who shares the barrier: a kill then meets all of them halfway. */
    public static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("transfers: not halfway (expected: all are)", e);
        }
    }

    private static void skipHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("answer: ended after '" + head + "' (expected: a head)");
            }
            head.write(next);
        }
        if (!head.toString(ISO_8859_1).startsWith("HTTP/1.1 200 ")) {
            throw new IOException("answer: " + head + " (expected: 200)");
        }
    }

    private String hashToEnd(InputStream in, Runnable halfway) throws IOException {
        MessageDigest digest = sha256();
        byte[] block = new byte[BLOCK];
        long came = 0;
        for (int read = in.read(block); read >= 0; read = in.read(block)) {
            digest.update(block, 0, read);
            if (came < length / 2 && came + read >= length / 2) {
                halfway.run();
            }
            came += read;
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Does something once when so many bytes were written. */
    private static final class HalfSent extends FilterOutputStream {
        private final Runnable halfway;
        private long left;

        HalfSent(OutputStream out, long left, Runnable halfway) {
            super(out);
            this.left = left;
            this.halfway = halfway;
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            out.write(bytes, offset, count);
            if (left > 0 && left <= count) {
                halfway.run();
            }
            left -= count;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: missing (expected: in every JDK)", e);
        }
    }
}
