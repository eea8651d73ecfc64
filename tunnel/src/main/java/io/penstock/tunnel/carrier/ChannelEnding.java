package io.penstock.tunnel.carrier;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * How a connection ends, with TLS or without: what its last word is, and what the peer's last word looks like.
 *
 * <p><em>Immutable</em>.
 */
final class ChannelEnding {

    /** What an event says about the peer's bytes. */
    enum Input {
        /** Nothing. */
        GOES_ON,
        /** The peer has said that it sends no more. */
        ENDED,
        /** The connection has ended before the peer said so: with TLS, bytes may be missing. */
        CUT
    }

    private ChannelEnding() {}

    static Input of(ChannelHandlerContext context, Object event) {
        if (event instanceof SslCloseCompletionEvent closed) {
            return closed.isSuccess() ? Input.ENDED : Input.CUT;
        }
        if (event instanceof ChannelInputShutdownEvent) {
            return tlsOf(context.channel()) == null ? Input.ENDED : Input.CUT;
        }
        return Input.GOES_ON;
    }

    /**
     * Says, behind everything that was written, that nothing more comes. An empty write keeps the order: a shutdown overtakes what is
     * queued, and discards it. With TLS the alert does that.
     */
    static Future<Void> finish(DuplexChannel channel) {
        ChannelPromise finished = channel.newPromise();
        SslHandler tls = tlsOf(channel);
        if (tls == null) {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> channel.shutdownOutput(finished));
        } else {
            channel.flush();
            tls.closeOutbound().addListener(said -> channel.shutdownOutput(finished));
        }
        return finished;
    }

    /** Closes at once; the peer sees a reset, or at least nothing that looks complete. */
    static void reset(Channel channel) {
        if (channel instanceof SocketChannel socket && channel.isOpen()) {
            socket.config().setSoLinger(0);
        }
        abandon(channel);
    }

    /** Closes at once, without a word of TLS, which would wait for a peer that may not be there. */
    static void abandon(Channel channel) {
        ChannelHandlerContext tls = channel.pipeline().context(SslHandler.class);
        if (tls == null) {
            channel.close();
        } else {
            tls.close();
        }
    }

    /** Whether what is written now reaches the peer as it is meant: no handshake is under way. */
    static boolean canSpeak(Channel channel) {
        SslHandler tls = tlsOf(channel);
        return channel.pipeline().get(TlsGate.class) == null
                && (tls == null || tls.handshakeFuture().isSuccess());
    }

    static boolean hasTls(Channel channel) {
        return tlsOf(channel) != null;
    }

    private static @Nullable SslHandler tlsOf(Channel channel) {
        return channel.pipeline().get(SslHandler.class);
    }
}
