package io.penstock.system.fault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Bytes as protocol.md describes them, written by hand so that they can be wrong. Immutable. */
final class Wire {
    static final int OPEN = 1;
    static final int ACCEPT = 2;
    static final int DATA = 3;
    static final int CREDIT = 4;
    static final int HALF_CLOSE = 5;
    static final int RESET = 6;
    static final int PING = 7;
    static final int ACK = 10;
    static final int AGENT = 1;
    static final int GATEWAY = 2;

    private Wire() {}

    static byte[] join(byte[] token) {
        return join("PNSK", 1, 1, token.length, token);
    }

    static byte[] join(String magic, int version, int kind, int length, byte[] token) {
        return ByteBuffer.allocate(8 + token.length)
                .put(magic.getBytes(StandardCharsets.US_ASCII))
                .put((byte) version)
                .put((byte) kind)
                .putShort((short) length)
                .put(token)
                .array();
    }

    static byte[] hello(int side, byte[] linkId) {
        return hello("PNLK", 1, side, linkId, 64 * 1024);
    }

    static byte[] hello(String magic, int version, int side, byte[] linkId, int window) {
        return ByteBuffer.allocate(36)
                .put(magic.getBytes(StandardCharsets.US_ASCII))
                .put((byte) version)
                .put((byte) side)
                .putShort((short) 0)
                .put(linkId)
                .putLong(0)
                .putInt(window)
                .array();
    }

    static byte[] frame(int type, int stream, byte[] payload) {
        return frame(type, payload.length, stream, payload);
    }

    /** A frame whose header need not tell the truth about its length. */
    static byte[] frame(int type, int length, int stream, byte[] payload) {
        return ByteBuffer.allocate(8 + payload.length)
                .putInt(type << 24 | length)
                .putInt(stream)
                .put(payload)
                .array();
    }

    static byte[] u32(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    static byte[] u64(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
