package io.penstock.tunnel.carrier;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import io.penstock.tunnel.link.LinkSide;
import org.jspecify.annotations.Nullable;

/**
 * One side of a copied pair: it reads a chunk, writes it to the other side, and reads the next one when that socket has
 * taken it. So no more than a chunk is ever held, and the two sides may live on different loops.
 *
 * <p><em>Loop-confined</em> to its own channel's loop.
 */
final class CopyHandler extends ChannelInboundHandlerAdapter {
    private final LinkSide side;
    private final SocketChannel sink;
    private final ChannelCopy copy;
    private final RelayEvents events;
    private @Nullable ByteBuf first;
    private boolean inputEnded;

    CopyHandler(LinkSide side, SocketChannel sink, ChannelCopy copy, RelayEvents events) {
        this.side = side;
        this.sink = sink;
        this.copy = copy;
        this.events = events;
    }

    /** Takes what the other side gets first, right before the handler is added to its pipeline. */
    void begin(ByteBuf bytes) {
        first = bytes;
    }

    /** Called instead of {@link #begin} when the carrier has gone meanwhile. */
    void abandon() {
        copy.reset();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (first != null) {
            move(ctx, first);
            first = null;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        move(ctx, (ByteBuf) message);
    }

    /** The empty write keeps the order: a shutdown overtakes whatever is still queued, and discards it. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            sink.writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(written -> sink.shutdownOutput().addListener(copy::halfEnded));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        copy.reset();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        copy.reset();
    }

    private void move(ChannelHandlerContext ctx, ByteBuf bytes) {
        int length = bytes.readableBytes();
        sink.writeAndFlush(bytes).addListener(written -> taken(ctx, written, length));
    }

    private void taken(ChannelHandlerContext ctx, Future<?> written, int length) {
        if (!written.isSuccess()) {
            copy.reset();
            return;
        }
        events.moved(side, length);
        if (!ctx.executor().isShutdown()) {
            ctx.executor().execute(() -> readOn(ctx));
        }
    }

    /** Reading after the input has ended throws in some transports. */
    private void readOn(ChannelHandlerContext ctx) {
        if (!inputEnded && ctx.channel().isActive()) {
            ctx.read();
        }
    }
}
