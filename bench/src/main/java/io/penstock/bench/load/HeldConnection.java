package io.penstock.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.penstock.bench.config.Stopwatch;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One of the {@link HeldConnections}. Its fields but the channel belong to its loop; the methods that others call hop there.
 * Loop-confined.
 */
final class HeldConnection extends ChannelInboundHandlerAdapter {
    private final InetSocketAddress target;
    private volatile @Nullable Channel channel;
    private @Nullable Question question;

    /** One request on its way. */
    private record Question(ResponseReader reader, long askedAt, CompletableFuture<Outcome> answer) {}

    HeldConnection(InetSocketAddress target) {
        this.target = target;
    }

    /** Before the connect, and so before anybody hears that it succeeded. */
    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channel = ctx.channel();
    }

    boolean isOpen() {
        Channel known = channel;
        return known != null && known.isActive();
    }

    CompletableFuture<Outcome> ask(StormPlan.Ask ask) {
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        Channel known = channel;
        if (known == null) {
            answer.complete(Outcome.failed(FailureKind.NOT_CONNECTED, "never opened"));
            return answer;
        }
        known.eventLoop().execute(() -> {
            question = new Question(new ResponseReader(ask.check()), Stopwatch.nanos(), answer);
            if (known.isActive()) {
                known.writeAndFlush(ask.request(target, false));
            } else {
                finish(Outcome.failed(FailureKind.SHORT, "closed while it was idle"));
            }
        });
        return answer;
    }

    /** Fails the request that is still on its way, if any. */
    void giveUp() {
        Channel known = channel;
        if (known != null) {
            known.eventLoop().execute(() -> finish(Outcome.failed(FailureKind.TIMED_OUT, "no whole answer")));
        }
    }

    void close() {
        Channel known = channel;
        if (known != null) {
            known.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            Question asked = question;
            if (asked != null && asked.reader().accept(bytes)) {
                finish(Outcome.of(asked.reader(), asked.askedAt()));
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        finish(Outcome.failed(FailureKind.SHORT, "closed before the whole answer"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        finish(Outcome.failed(FailureKind.RESET, String.valueOf(cause.getMessage())));
        ctx.close();
    }

    private void finish(Outcome outcome) {
        Question asked = question;
        question = null;
        if (asked != null) {
            asked.answer().complete(outcome);
        }
    }
}
