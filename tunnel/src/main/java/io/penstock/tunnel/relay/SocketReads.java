package io.penstock.tunnel.relay;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/**
 * How much of a caller's or app's socket is read at once: from 512 bytes, adapting up to 64 KiB.
 *
 * <p><em>Immutable</em>.
 */
public final class SocketReads {

    private SocketReads() {}

    public static RecvByteBufAllocator allocator() {
        return new AdaptiveRecvByteBufAllocator(512, 2048, 64 * 1024);
    }
}
