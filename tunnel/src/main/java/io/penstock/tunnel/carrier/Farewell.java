package io.penstock.tunnel.carrier;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection whose last bytes still matter: sends what is queued, says that nothing more will come, and throws away
 * what the peer sends until the peer has ended too. To close earlier would be to lose bytes: a socket that is closed with
 * something unread is reset by the kernel, and what the kernel has yet to send is gone.
 *
 * <p>It waits as long as bytes move, and not for ever.
 *
 * <p><em>Loop-confined</em>.
 */
final class Farewell extends ChannelInboundHandlerAdapter {

    /** Without a byte either way for this long the peer is thought to have gone. */
    static final long PATIENCE_SECONDS = 2;

    private static final int MAX_LOOKS = 15;

    private @Nullable Future<?> next;
    private long discarded;
    private long seen = -1;
    private int looks;

    private Farewell() {}

    /** Takes the connection over from whatever its pipeline holds. */
    static void begin(Channel channel) {
        if (channel.isActive()) {
            // In front of all others, which get no bytes from now on.
            channel.pipeline().addFirst(new Farewell());
        } else {
            channel.close();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ChannelEnding.finish((DuplexChannel) context.channel());
        context.channel().config().setAutoRead(true);
        look(context);
    }

    /** Closes a connection on which nothing has moved since the last look. */
    private void look(ChannelHandlerContext context) {
        long moved = discarded - queued(context.channel());
        if (moved == seen || looks == MAX_LOOKS) {
            context.close();
            return;
        }
        seen = moved;
        looks++;
        next = context.executor().schedule(() -> look(context), PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static long queued(Channel channel) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        discarded += bytes.readableBytes();
        bytes.release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (next != null) {
            next.cancel(false);
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
