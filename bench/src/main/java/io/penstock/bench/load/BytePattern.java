package io.penstock.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/**
 * An endless body that anybody can write and check from any offset. Its period is a prime, so blocks of a round size that
 * changed places, went missing or came twice do not fit. Immutable.
 */
public final class BytePattern {
    private static final int PERIOD = 65_521;
    private static final ByteBuf TWO_PERIODS = twoPeriods();

    private BytePattern() {}

    /** Returns up to {@code length} bytes of the body at {@code offset}; never copied, needs no release. */
    public static ByteBuf at(long offset, long length) {
        int start = (int) (offset % PERIOD);
        return TWO_PERIODS.slice(start, (int) Math.min(length, PERIOD));
    }

    /** Compares the readable bytes with the body at an offset; leaves the reader index alone. */
    public static boolean matches(long offset, ByteBuf bytes) {
        int compared = 0;
        while (compared < bytes.readableBytes()) {
            ByteBuf expected = at(offset + compared, (long) bytes.readableBytes() - compared);
            int length = expected.readableBytes();
            // Whole blocks as NIO buffers: the JDK compares those in wide steps.
            if (!expected.nioBuffer().equals(bytes.nioBuffer(bytes.readerIndex() + compared, length))) {
                return false;
            }
            compared += length;
        }
        return true;
    }

    /** Returns the hash that an app should have of a body of that length, in hexadecimal. */
    public static String sha256(long length) {
        MessageDigest digest = newSha256();
        for (long done = 0; done < length; done += PERIOD) {
            digest.update(at(done, length - done).nioBuffer());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: missing (expected: in every JDK)", e);
        }
    }

    private static ByteBuf twoPeriods() {
        byte[] period = new byte[PERIOD];
        new Random(PERIOD).nextBytes(period);
        ByteBuf direct = Unpooled.directBuffer(2 * PERIOD);
        direct.writeBytes(period).writeBytes(period);
        return Unpooled.unreleasableBuffer(direct.asReadOnly());
    }
}
