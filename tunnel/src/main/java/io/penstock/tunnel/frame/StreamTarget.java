package io.penstock.tunnel.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * What an OPEN asks the far side to reach.
 *
 * @param interceptId the intercept, 1 to 255 bytes of UTF-8
 * @param capturePort the captured port of the workload, 1 to 65535
 * @param peer the caller's address as text for people, 0 to 255 bytes; may be empty
 *     <p><em>Immutable</em>.
 */
public record StreamTarget(String interceptId, int capturePort, String peer) {

    private static final int MAX_TEXT = 255;

    public StreamTarget {
        requireNonNull(interceptId, "interceptId");
        requireNonNull(peer, "peer");
        if (interceptId.isEmpty()
                || ByteBufUtil.utf8Bytes(interceptId) > MAX_TEXT
                || ByteBufUtil.utf8Bytes(peer) > MAX_TEXT) {
            throw new IllegalArgumentException("interceptId: '" + interceptId + "', peer: '" + peer
                    + "' (expected: at most 255 bytes of UTF-8, an id)");
        }
        if (capturePort < 1 || capturePort > 65535) {
            throw new IllegalArgumentException("capturePort: " + capturePort + " (expected: 1 to 65535)");
        }
    }

    int size() {
        return 4 + interceptId.length() + peer.length();
    }

    void encode(ByteBuf out) {
        out.writeShort(capturePort);
        writeText(out, interceptId);
        writeText(out, peer);
    }

    /** The target in the payload of an OPEN, or null when it is not one. Bytes behind it are for newer versions. */
    static @Nullable StreamTarget decode(ByteBuf payload) {
        int port = payload.readUnsignedShort();
        String id = readText(payload);
        String peer = id == null ? null : readText(payload);
        if (id == null || id.isEmpty() || peer == null || port == 0) {
            return null;
        }
        return new StreamTarget(id, port, peer);
    }

    private static void writeText(ByteBuf out, String text) {
        int lengthAt = out.writerIndex();
        out.writeByte(0);
        out.setByte(lengthAt, out.writeCharSequence(text, UTF_8));
    }

    private static @Nullable String readText(ByteBuf payload) {
        if (!payload.isReadable()) {
            return null;
        }
        int length = payload.readUnsignedByte();
        if (length > payload.readableBytes()) {
            return null;
        }
        String text = payload.readCharSequence(length, UTF_8).toString();
        // Bytes that are no UTF-8 read as longer ones.
        return ByteBufUtil.utf8Bytes(text) == length ? text : null;
    }
}
