package io.penstock.system.bytes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.penstock.system.stage.RawCaller;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Bodies that go up to a tiny web app, or come down from it, over a connection of their own. Immutable. */
public record Transfer(InetSocketAddress door, long length) {
    private static final int BLOCK = 64 * 1024;

    /** Sends the body, and returns the SHA-256 that the app says it has. */
    public String up() throws IOException {
        try (RawCaller caller = RawCaller.dial(door)) {
            caller.say("POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: " + length + "\r\n\r\n");
            RawCaller.sendPattern(caller.out(), length);
            InputStream in = new BufferedInputStream(caller.in());
            skipHead(in);
            return new String(in.readAllBytes(), ISO_8859_1).strip();
        }
    }

    /** Asks for the body, and returns the SHA-256 of what came. */
    public String down() throws IOException {
        try (RawCaller caller = RawCaller.dial(door)) {
            caller.say("GET /bytes/" + length + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            InputStream in = new BufferedInputStream(caller.in(), BLOCK);
            skipHead(in);
            return hashToEnd(in);
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

    private String hashToEnd(InputStream in) throws IOException {
        MessageDigest digest = sha256();
        byte[] block = new byte[BLOCK];
        for (int read = in.read(block); read >= 0; read = in.read(block)) {
            digest.update(block, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: missing (expected: in every JDK)", e);
        }
    }
}
