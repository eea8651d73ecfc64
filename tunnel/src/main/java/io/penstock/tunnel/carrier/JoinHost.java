package io.penstock.tunnel.carrier;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.socket.DuplexChannel;

/**
 * Who decides on the carriers that come to a port, once their JOIN is there. Asked on event loops, several of them at once.
 *
 * <p><em>Thread-safe</em>.
 */
interface JoinHost {

    /** What becomes of a carrier. */
    sealed interface Decision {
        /** Another handler goes on with it. */
        record Taken(Successor successor) implements Decision {}

        record Refused(JoinRefusal refusal) implements Decision {}
    }

    /** Makes the handler that goes on with a carrier. */
    interface Successor {
        /** The handler owns the bytes that came behind the JOIN. The carrier is not read until somebody says so. */
        ChannelHandler of(DuplexChannel channel, ByteBuf early);
    }

    /** Decides by the token, which is anything that somebody sent. */
    Decision decide(byte[] token);

    /** A carrier was turned away, by a decision or before it came to one. */
    void onRefused(JoinRefusal refusal);
}
