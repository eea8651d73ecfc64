package io.penstock.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.penstock.bench.config.Stopwatch;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a storm. It ends once: all requests answered and closed by the far side, or with the failure that
 * came first, which then counts for every request still owed. Loop-confined.
 */
final class StormConnection extends ChannelInboundHandlerAdapter {
    private final StormShare share;
    private final ResponseReader reader;
    private int owed;
    private long askedAt;
    private long answeredAt;
    private boolean ended;
    private @Nullable ChannelHandlerContext context;

    StormConnection(StormShare share) {
        this.share = share;
        this.reader = new ResponseReader(share.plan().ask().check());
        this.owed = share.plan().shape().requestsPerConnection();
    }

    void onDialled() {
        askedAt = Stopwatch.nanos();
    }

    void onRefused(Throwable cause) {
        fail(FailureKind.NOT_CONNECTED, String.valueOf(cause.getMessage()));
    }

    /** Gives up when the request, or the close after the last one, waits since before {@code oldest}. */
    void expire(long oldest) {
        if (!ended && askedAt - oldest < 0) {
            fail(FailureKind.TIMED_OUT, answeredAt == 0 ? "no whole answer" : "answered, but not closed");
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        if (ended) {
            ctx.close();
            return;
        }
        ask(ctx);
    }

    private void ask(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(share.plan().ask().request(share.plan().target(), owed == 1));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            while (!ended && bytes.isReadable()) {
                read(ctx, bytes);
            }
        } finally {
            bytes.release();
        }
    }

    private void read(ChannelHandlerContext ctx, ByteBuf bytes) {
        if (answeredAt != 0) {
            fail(FailureKind.ALTERED, "bytes after the last answer");
        } else if (reader.accept(bytes)) {
            onAnswer(ctx);
        }
    }

    private void onAnswer(ChannelHandlerContext ctx) {
        FailureKind failure = reader.failure();
        if (failure != null) {
            fail(failure, "answered by '" + reader.app() + "'");
        } else if (owed == 1) {
            answeredAt = Stopwatch.nanos();
        } else {
            succeed(Stopwatch.nanos());
            reader.restart();
            askedAt = Stopwatch.nanos();
            ask(ctx);
        }
    }

    private void succeed(long now) {
        owed--;
        share.tally().succeed(reader.app(), now - askedAt, now);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (ended) {
            return;
        }
        if (answeredAt == 0) {
            fail(FailureKind.SHORT, "closed before the whole answer");
            return;
        }
        succeed(answeredAt);
        end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(FailureKind.RESET, String.valueOf(cause.getMessage()));
    }

    private void fail(FailureKind kind, String detail) {
        if (!ended) {
            share.tally().fail(kind, owed, detail);
            end();
        }
    }

    private void end() {
        ended = true;
        if (context != null) {
            context.close();
        }
        share.onEnded();
    }
}
