package io.penstock.tunnel.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Arrays;
import java.util.Random;

/**
 * Endless content in which every position of every stream has its byte: what is lost, doubled, swapped or given to another stream
 * is seen at once.
 *
 * <p><em>Immutable</em>.
 */
final class Pattern {

    /** A prime, so that no power of two maps the content onto itself. */
    private static final int PERIOD = 65_521;

    /** The period twice, so that any piece of it is in one stretch. */
    private static final byte[] CONTENT = content();

    private final int salt;

    /** @param salt names the stream and direction */
    Pattern(int salt) {
        this.salt = Math.floorMod(salt * 7919, PERIOD);
    }

    private static byte[] content() {
        byte[] once = new byte[PERIOD];
        new Random(42).nextBytes(once);
        byte[] twice = Arrays.copyOf(once, 2 * PERIOD);
        System.arraycopy(once, 0, twice, PERIOD, PERIOD);
        return twice;
    }

    /** Appends the {@code length} bytes from {@code position} on; at most 64,000. */
    void write(ByteBuf out, long position, int length) {
        out.writeBytes(CONTENT, start(position), length);
    }

    /** Checks that {@code in} holds the bytes from {@code position} on. */
    void check(ByteBuf in, long position, Object where) {
        int length = in.readableBytes();
        byte[] bytes = in.hasArray() ? in.array() : ByteBufUtil.getBytes(in);
        int offset = in.hasArray() ? in.arrayOffset() + in.readerIndex() : 0;
        int start = start(position);
        if (!Arrays.equals(bytes, offset, offset + length, CONTENT, start, start + length)) {
            throw new AssertionError(where + ": wrong bytes in " + length + " from " + position);
        }
    }

    private int start(long position) {
        return (int) ((salt + position) % PERIOD);
    }
}
