package io.penstock.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/** One kept connection of a paced load, with at most one request on its way. Loop-confined. */
final class PacedConnection extends ChannelInboundHandlerAdapter {
    private final PacedRun run;
    private final ResponseReader reader;
    private @Nullable ChannelHandlerContext context;
    private long dueNanos;

    PacedConnection(PacedRun run) {
        this.run = run;
        this.reader = new ResponseReader(run.plan().ask().check());
    }

    void ask(long due) {
        dueNanos = due;
        reader.restart();
        if (context != null) {
            context.writeAndFlush(run.plan().ask().request(run.plan().target(), false));
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        run.onConnected(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (reader.accept(bytes)) {
                onAnswer(bytes.isReadable());
            }
        } finally {
            bytes.release();
        }
    }

    private void onAnswer(boolean more) {
        FailureKind failure = more ? FailureKind.ALTERED : reader.failure();
        if (failure == null) {
            run.onAnswered(this, reader.app(), dueNanos);
        } else {
            lose(failure, "answered by '" + reader.app() + "'");
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        lose(FailureKind.SHORT, "closed by the far side");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        lose(FailureKind.RESET, String.valueOf(cause.getMessage()));
    }

    void lose(FailureKind kind, String detail) {
        run.onLost(this, kind, detail);
        close();
    }

    void close() {
        if (context != null) {
            context.close();
        }
    }
}
