package io.penstock.tunnel.carrier;

import io.netty.buffer.ByteBuf;
import io.netty.channel.epoll.EpollSocketChannel;

/**
 * A carrier whose channel is registered with no loop any more.
 *
 * @param first what the other side gets first: the answer, then what was read behind this side's JOIN; a direct
 *     buffer, released by whoever holds the record
 *
 * <p><em>Immutable</em>.
 */
record DetachedCarrier(EpollSocketChannel channel, ByteBuf first) {
    /** Drops the carrier, so that its peer sees a reset. */
    void drop() {
        first.release();
        if (channel.isOpen()) {
            channel.config().setSoLinger(0);
            channel.unsafe().closeForcibly();
        }
    }
}
