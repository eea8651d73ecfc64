package io.penstock.tunnel.carrier;

import io.netty.buffer.ByteBuf;

/**
 * The JOIN with which a carrier begins: magic "PNSK" | version u8 | kind u8 | token length u16 | token.
 *
 * <p><em>Immutable</em>.
 */
public final class JoinPreface {
    public static final int MAX_TOKEN = 512;

    private static final int MAGIC = 0x504e534b;
    private static final int VERSION = 1;
    private static final int KIND_JOIN = 1;
    private static final int HEADER = 8;
    static final int MAX_LENGTH = HEADER + MAX_TOKEN;

    /** What has been read so far. */
    public sealed interface Outcome {
        /** Everything so far fits; more bytes are needed. */
        record Incomplete() implements Outcome {}

        /** The JOIN was taken from the buffer; what is left there belongs to the far end. */
        final class Complete implements Outcome {
            private final byte[] token;

            private Complete(byte[] token) {
                this.token = token;
            }

            /** Returns the token, not copied. */
            public byte[] token() {
                return token;
            }
        }

        record Refused(JoinRefusal refusal, String detail) implements Outcome {}
    }

    private static final Outcome INCOMPLETE = new Outcome.Incomplete();

    private JoinPreface() {}

    public static void write(byte[] token, ByteBuf out) {
        if (token.length == 0 || token.length > MAX_TOKEN) {
            throw new IllegalArgumentException("token: " + token.length + " bytes (expected: 1 to " + MAX_TOKEN + ")");
        }
        out.writeInt(MAGIC).writeByte(VERSION).writeByte(KIND_JOIN);
        out.writeShort(token.length).writeBytes(token);
    }

    /**
     * Reads a JOIN from the start of the buffer, which stays as it is until the JOIN is whole. The first byte that
     * does not fit refuses at once, and only a token that has arrived is copied.
     */
    public static Outcome read(ByteBuf in) {
        Outcome header = checkHeader(in);
        if (header != INCOMPLETE || in.readableBytes() < HEADER) {
            return header;
        }
        int length = in.getUnsignedShort(in.readerIndex() + 6);
        if (length == 0 || length > MAX_TOKEN) {
            return bad("token length: " + length + " (expected: 1 to " + MAX_TOKEN + ")");
        }
        if (in.readableBytes() < HEADER + length) {
            return INCOMPLETE;
        }
        byte[] token = new byte[length];
        in.skipBytes(HEADER).readBytes(token);
        return new Outcome.Complete(token);
    }

    private static Outcome checkHeader(ByteBuf in) {
        int start = in.readerIndex();
        int known = Math.min(in.readableBytes(), 6);
        if (known > 0 && TlsGate.isTls(in.getByte(start))) {
            return new Outcome.Refused(JoinRefusal.TLS_NOT_SPOKEN, "byte 0 begins TLS (expected: PNSK)");
        }
        for (int i = 0; i < Math.min(known, 4); i++) {
            if (in.getByte(start + i) != (byte) (MAGIC >>> (24 - 8 * i))) {
                return bad("byte " + i + " is not that of a JOIN (expected: PNSK)");
            }
        }
        if (known > 4 && in.getUnsignedByte(start + 4) != VERSION) {
            String detail = "version: " + in.getUnsignedByte(start + 4) + " (expected: " + VERSION + ")";
            return new Outcome.Refused(JoinRefusal.UNSUPPORTED_VERSION, detail);
        }
        if (known > 5 && in.getUnsignedByte(start + 5) != KIND_JOIN) {
            return bad("kind: " + in.getUnsignedByte(start + 5) + " (expected: " + KIND_JOIN + ")");
        }
        return INCOMPLETE;
    }

    private static Outcome bad(String detail) {
        return new Outcome.Refused(JoinRefusal.BAD_PREFACE, detail);
    }
}
