package io.penstock.tunnel.carrier;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import io.penstock.tunnel.link.LinkSide;
import org.jspecify.annotations.Nullable;

/**
 * One side of a copied pair: it reads a chunk, writes it to the other side, and reads the next one when that socket has
 * taken it. So no more than a chunk is ever held, and the two sides may live on different loops. One read with TLS is several
 * chunks, and all of them must be taken.
 *
 * <p><em>Loop-confined</em> to its own channel's loop, except {@link #hasEnded}.
 */
final class CopyHandler extends ChannelInboundHandlerAdapter {
    private final LinkSide side;
    private final DuplexChannel sink;
    private final ChannelCopy copy;
    private final RelayEvents events;
    private @Nullable ByteBuf first;
    private int untaken;
    private volatile boolean inputEnded;

    CopyHandler(LinkSide side, DuplexChannel sink, ChannelCopy copy, RelayEvents events) {
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

    /** Whether this side has said that it sends no more; asked on any thread. */
    boolean hasEnded() {
        return inputEnded;
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

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        ChannelEnding.Input input = ChannelEnding.of(ctx, event);
        if (inputEnded || input == ChannelEnding.Input.GOES_ON) {
            return; // behind the alert of TLS comes the end of TCP
        }
        if (input == ChannelEnding.Input.CUT) {
            copy.reset();
            return;
        }
        inputEnded = true;
        ChannelEnding.finish(sink).addListener(finished -> {
            if (finished.isSuccess() || copy.hasEnded(side.opposite())) {
                copy.halfEnded();
            } else {
                copy.reset();
            }
        });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        gone();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone();
    }

    private void gone() {
        if (!inputEnded) {
            copy.reset();
        }
    }

    private void move(ChannelHandlerContext ctx, ByteBuf bytes) {
        int length = bytes.readableBytes();
        untaken++;
        sink.writeAndFlush(bytes).addListener(written -> taken(ctx, written, length));
    }

    /** What a peer does not take that has said its end, nobody wants. */
    private void taken(ChannelHandlerContext ctx, Future<?> written, int length) {
        if (written.isSuccess()) {
            events.moved(side, length);
        } else if (!copy.hasEnded(side.opposite())) {
            copy.reset();
            return;
        }
        if (!ctx.executor().isShutdown()) {
            ctx.executor().execute(() -> readOn(ctx));
        }
    }

    /** Reading after the input has ended throws in some transports. */
    private void readOn(ChannelHandlerContext ctx) {
        untaken--;
        if (untaken == 0 && !inputEnded && ctx.channel().isActive()) {
            ctx.read();
        }
    }
}
