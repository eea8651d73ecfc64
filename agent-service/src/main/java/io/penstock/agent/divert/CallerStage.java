package io.penstock.agent.divert;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/**
 * A caller whose bytes go nowhere yet, because something has to happen first. Its socket is not read meanwhile; but the epoll
 * transport reads once all the same when the peer has half-closed, so bytes and end of input may come, and are kept.
 *
 * <p><em>Loop-confined</em>.
 */
abstract class CallerStage extends ChannelInboundHandlerAdapter {

    private final Caller caller;

    CallerStage(Caller caller) {
        this.caller = caller;
    }

    final Caller caller() {
        return caller;
    }

    /** Becomes the only handler of the socket. */
    final void enter() {
        caller.channel().pipeline().addLast(this);
    }

    final void leave() {
        caller.channel().pipeline().remove(this);
    }

    /** The caller has gone; called once, and never after {@link #leave}. */
    abstract void onGone();

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        caller.keep((ByteBuf) message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            caller.inputEnded(true);
        }
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        caller.abort();
    }

    @Override
    public final void channelInactive(ChannelHandlerContext context) {
        onGone();
        caller.dropKept();
    }
}
