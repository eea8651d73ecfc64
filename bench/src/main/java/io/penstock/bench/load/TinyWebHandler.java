package io.penstock.bench.load;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a {@link TinyWebApp}: requests in order, one answer at a time. While an answer is on its way nothing
 * more is read, so the queue holds at most what one read brought. Loop-confined.
 */
final class TinyWebHandler extends ChannelInboundHandlerAdapter {
    private final String name;
    private final ArrayDeque<Object> waiting = new ArrayDeque<>();
    private @Nullable TinyWebAnswer answer;
    private boolean answering;
    private boolean draining;

    TinyWebHandler(String name) {
        this.name = name;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        waiting.add(message);
        drainQueue(ctx);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (answer != null && ctx.channel().isWritable()) {
            answer.onWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // A caller that resets is nothing to report; whatever else it is, this connection is of no more use.
        ctx.close();
        if (!(cause instanceof IOException)) {
            ctx.fireExceptionCaught(cause);
        }
    }

    private void drainQueue(ChannelHandlerContext ctx) {
        // An answer that is written at once calls back from within the loop below, which then goes on by itself.
        if (draining) {
            return;
        }
        draining = true;
        while (!answering && !waiting.isEmpty()) {
            Object message = waiting.remove();
            try {
                take(ctx, message);
            } finally {
                ReferenceCountUtil.release(message);
            }
        }
        draining = false;
        if (ctx.channel().config().isAutoRead() == answering) {
            ctx.channel().config().setAutoRead(!answering);
        }
    }

    private void take(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request) {
            boolean keep = HttpUtil.isKeepAlive(request);
            answer = new TinyWebAnswer(name, request, ctx, () -> onAnswered(ctx, keep));
            if (HttpUtil.is100ContinueExpected(request)) {
                answer.invite();
            }
        }
        if (answer != null && message instanceof HttpContent content) {
            answer.take(content.content());
            if (message instanceof LastHttpContent) {
                answering = true;
                answer.begin();
            }
        }
    }

    private void onAnswered(ChannelHandlerContext ctx, boolean keep) {
        answering = false;
        answer = null;
        if (!keep) {
            ctx.close();
        } else if (ctx.channel().isActive()) {
            drainQueue(ctx);
        }
    }
}
