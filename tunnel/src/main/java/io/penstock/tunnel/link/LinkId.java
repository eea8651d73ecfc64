package io.penstock.tunnel.link;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * The 16 random bytes that name one link. Both ends and the relay know it from the manager; it is not re-used.
 *
 * <p><em>Immutable</em>.
 */
public record LinkId(long high, long low) {
    public static final int LENGTH = 16;

    public static LinkId of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("link id: " + bytes.length + " bytes (expected: " + LENGTH + ")");
        }
        var buffer = ByteBuffer.wrap(bytes);
        return new LinkId(buffer.getLong(), buffer.getLong());
    }

    public static LinkId random(SecureRandom random) {
        return new LinkId(random.nextLong(), random.nextLong());
    }

    public byte[] toBytes() {
        return ByteBuffer.allocate(LENGTH).putLong(high).putLong(low).array();
    }

    /** Returns 32 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return String.format("%016x%016x", high, low);
    }
}
