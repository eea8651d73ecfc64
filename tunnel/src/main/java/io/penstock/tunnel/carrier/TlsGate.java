package io.penstock.tunnel.carrier;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.penstock.tunnel.tls.ServerTls;
import java.util.List;

/**
 * The first handler of an accepted connection where TLS is spoken: it looks at one byte. TLS begins with a handshake record; whoever
 * sends anything else is announced as {@link #PLAIN}, so that it can be told why it is turned away.
 *
 * <p><em>Loop-confined</em>.
 */
final class TlsGate extends ByteToMessageDecoder {

    /** The event that announces a peer without TLS, before any of its bytes. */
    static final Object PLAIN = new Object() {
        @Override
        public String toString() {
            return "a peer without TLS";
        }
    };

    private static final int HANDSHAKE = 22;

    private final ServerTls tls;

    TlsGate(ServerTls tls) {
        this.tls = tls;
    }

    /** Whether a first byte begins TLS. */
    static boolean isTls(byte first) {
        return first == HANDSHAKE;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (isTls(in.getByte(in.readerIndex()))) {
            context.pipeline().replace(this, null, tls.newHandler(context.alloc()));
        } else {
            context.fireUserEventTriggered(PLAIN);
            in.skipBytes(in.readableBytes());
            context.pipeline().remove(this);
        }
    }
}
