package io.penstock.tunnel.carrier;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;

/**
 * The end of a connection that was turned away: it sends the answer and reads on for a moment, because closing a socket
 * with unread bytes resets it and the peer would never see why it was refused.
 *
 * <p><em>Loop-confined</em>.
 */
final class RefusedCarrier extends ChannelInboundHandlerAdapter {
    private static final int MAX_DISCARDED = 256 * 1024;
    private static final long MAX_SECONDS = 2;

    private final JoinAnswer answer;
    private final boolean patient;
    private int discarded;

    /** An impatient one closes as soon as the answer is sent; for those who may not cost any more than that. */
    RefusedCarrier(JoinAnswer answer, boolean patient) {
        this.answer = answer;
        this.patient = patient;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ByteBuf out = ctx.alloc().buffer(2 + JoinAnswer.MAX_DETAIL);
        answer.write(out);
        ctx.writeAndFlush(out).addListener(sent -> sayNoMore(ctx));
        var deadline = ctx.executor().schedule(() -> ctx.close(), MAX_SECONDS, TimeUnit.SECONDS);
        ctx.channel().closeFuture().addListener(closed -> deadline.cancel(false));
        ctx.channel().config().setAutoRead(patient);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var bytes = (ByteBuf) message;
        discarded += bytes.readableBytes();
        bytes.release();
        if (discarded > MAX_DISCARDED) {
            ctx.close();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    private void sayNoMore(ChannelHandlerContext ctx) {
        if (patient && ctx.channel().isActive()) {
            ChannelEnding.finish((DuplexChannel) ctx.channel());
        } else {
            ctx.close();
        }
    }
}
