package io.penstock.tunnel.relay;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One of two sockets that are joined without a stream: what one reads the other writes, and one is not read while the other
 * cannot take more. Half-close stays half-close, and an error of one resets the other.
 *
 * <p>Both channels live on one loop and need ALLOW_HALF_CLOSURE and autoRead off.
 *
 * <p><em>Loop-confined</em>.
 */
public final class PassThrough extends ChannelInboundHandlerAdapter {

    private final Channel from;
    private final Channel to;
    private final ReadGate gate;
    private @Nullable PassThrough opposite;
    /** Everything that {@code from} said, its end included, has been taken by {@code to}. */
    private boolean finished;

    private PassThrough(Channel from, Channel to) {
        this.from = from;
        this.to = to;
        this.gate = new ReadGate(from);
    }

    /** Joins two connected sockets and begins to read both. */
    public static void join(Channel one, Channel other) {
        PassThrough forth = new PassThrough(one, other);
        PassThrough back = new PassThrough(other, one);
        forth.opposite = back;
        back.opposite = forth;
        one.pipeline().addLast(forth);
        other.pipeline().addLast(back);
        forth.gate.openIf(other.isWritable());
        back.gate.openIf(one.isWritable());
        if (!one.isActive() || !other.isActive()) {
            // One of them closed before its handler was there to hear of it.
            SocketRelay.abort(one);
            SocketRelay.abort(other);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        to.write(message, to.voidPromise());
        if (!to.isWritable()) {
            gate.close();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        to.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (from.isWritable()) {
            new ReadGate(to).open();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE && to.isOpen()) {
            // Behind all that is queued: shutting down or closing earlier would drop it.
            to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
                if (written.isSuccess()) {
                    finish();
                }
            });
        }
    }

    private void finish() {
        finished = true;
        if (isOver()) {
            to.close();
            from.close();
        } else {
            ((SocketChannel) to).shutdownOutput();
        }
    }

    /** Whether both directions have finished: only then does closing lose nothing. */
    private boolean isOver() {
        return finished && opposite != null && opposite.finished;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        SocketRelay.abort(from);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!isOver()) {
            // Cut short: the other side must not take it for an end.
            SocketRelay.abort(to);
        }
    }
}
