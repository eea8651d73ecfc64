package io.penstock.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** What the body of an answer must be, given who answered. */
public interface BodyCheck {
    /** Says how long the body must be, or -1 when any length is right. */
    long length(String app);

    /** Compares the readable bytes with the body at an offset; leaves the reader index alone. */
    boolean matches(String app, long offset, ByteBuf bytes);

    /** Accepts every body whose length is as announced. */
    static BodyCheck anything() {
        return new BodyCheck() {
            @Override
            public long length(String app) {
                return -1;
            }

            @Override
            public boolean matches(String app, long offset, ByteBuf bytes) {
                return true;
            }
        };
    }

    /** Expects these bytes from everybody. */
    static BodyCheck exactly(byte[] body) {
        ByteBuf expected = Unpooled.copiedBuffer(body);
        return new BodyCheck() {
            @Override
            public long length(String app) {
                return expected.readableBytes();
            }

            @Override
            public boolean matches(String app, long offset, ByteBuf bytes) {
                return matchesAt(expected, offset, bytes);
            }
        };
    }

    /** Expects the greeting of the {@link TinyWebApp} that says it answered. */
    static BodyCheck greeting() {
        return new BodyCheck() {
            @Override
            public long length(String app) {
                return TinyWebApp.greeting(app).length();
            }

            @Override
            public boolean matches(String app, long offset, ByteBuf bytes) {
                byte[] greeting = TinyWebApp.greeting(app).getBytes(StandardCharsets.UTF_8);
                return matchesAt(Unpooled.wrappedBuffer(greeting), offset, bytes);
            }
        };
    }

    /** Expects that many bytes of the {@link BytePattern}. */
    static BodyCheck pattern(long length) {
        return new BodyCheck() {
            @Override
            public long length(String app) {
                return length;
            }

            @Override
            public boolean matches(String app, long offset, ByteBuf bytes) {
                return BytePattern.matches(offset, bytes);
            }
        };
    }

    private static boolean matchesAt(ByteBuf expected, long offset, ByteBuf bytes) {
        int length = bytes.readableBytes();
        return offset + length <= expected.readableBytes()
                && ByteBufUtil.equals(expected, (int) offset, bytes, bytes.readerIndex(), length);
    }
}
