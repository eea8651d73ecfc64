package io.penstock.tunnel.carrier;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The JOINED with which a relay or a link port answers a JOIN, once: status u8 | detail length u8 | detail in UTF-8.
 *
 * <p><em>Immutable</em>.
 */
public record JoinAnswer(int status, String detail) {
    public static final JoinAnswer PAIRED = new JoinAnswer(0, "");
    public static final int MAX_DETAIL = 255;

    public static JoinAnswer refused(JoinRefusal refusal, String detail) {
        return new JoinAnswer(refusal.wire(), detail);
    }

    /** Takes an answer from the buffer, or nothing and leaves the buffer as it is while the answer is not whole. */
    public static Optional<JoinAnswer> read(ByteBuf in) {
        if (in.readableBytes() < 2) {
            return Optional.empty();
        }
        int length = in.getUnsignedByte(in.readerIndex() + 1);
        if (in.readableBytes() < 2 + length) {
            return Optional.empty();
        }
        int status = in.readUnsignedByte();
        in.skipBytes(1);
        return Optional.of(new JoinAnswer(
                status, in.readCharSequence(length, StandardCharsets.UTF_8).toString()));
    }

    /** Writes the answer; a detail that is too long is cut. */
    public void write(ByteBuf out) {
        byte[] bytes = detail.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, MAX_DETAIL);
        out.writeByte(status).writeByte(length).writeBytes(bytes, 0, length);
    }

    public boolean isPaired() {
        return status == 0;
    }

    /** Returns why it was refused; nothing when it was paired, or refused for a reason this version does not know. */
    public Optional<JoinRefusal> refusal() {
        return JoinRefusal.ofWire(status);
    }
}
