package io.penstock.tunnel.carrier;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/**
 * How much of a carrier is read at once: from 4 KiB, adapting up to 256 KiB, so that bulk costs few system calls and an idle link
 * holds nothing.
 *
 * <p><em>Immutable</em>.
 */
final class CarrierReads {

    private CarrierReads() {}

    static RecvByteBufAllocator allocator() {
        return new AdaptiveRecvByteBufAllocator(4 * 1024, 16 * 1024, 256 * 1024);
    }
}
