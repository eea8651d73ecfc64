package io.penstock.tunnel.carrier;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import io.penstock.tunnel.tls.TlsFault;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One accepted connection until its JOIN is read: then it goes on as its host decides, or as a {@link RefusedCarrier}. What was
 * read behind the JOIN belongs to the other side and goes along, unless it is more than may wait: a message of a call may be as long as gRPC
 * allows.
 *
 * <p><em>Loop-confined</em>, except {@link #refuse}.
 */
final class JoiningCarrier extends ChannelInboundHandlerAdapter {
    private final Duration patience;
    private final JoinLobby lobby;
    private final JoinHost host;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf bytes;
    private @Nullable Future<?> deadline;
    private boolean tlsFailed;

    /** @param patience how long the JOIN may take to come */
    JoiningCarrier(Duration patience, JoinLobby lobby, JoinHost host) {
        this.patience = patience;
        this.lobby = lobby;
        this.host = host;
    }

    /** Turns the connection away, from any thread; no-op when it has gone on. */
    void refuse(JoinRefusal refusal) {
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            ctx.executor().execute(() -> refuse(ctx, refusal, refusal.meaning()));
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx; // before the lobby, which hands it safely to whoever refuses
        if (!lobby.enter(this)) {
            turnAway(ctx, lobby.isClosed() ? JoinRefusal.SHUTTING_DOWN : JoinRefusal.OVERLOADED);
            return;
        }
        ctx.channel().closeFuture().addListener(closed -> lobby.leave(this));
        long millis = patience.toMillis();
        deadline = ctx.executor()
                .schedule(
                        () -> refuse(ctx, JoinRefusal.BAD_PREFACE, "no JOIN (expected: within " + millis + " ms)"),
                        millis,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf gathered = gather(ctx, (ByteBuf) message);
        JoinPreface.Outcome outcome = JoinPreface.read(gathered);
        if (outcome instanceof JoinPreface.Outcome.Complete join) {
            if (gathered.readableBytes() > WaitingCarrier.MAX_EARLY) {
                String detail = gathered.readableBytes() + " bytes behind the JOIN (expected: at most "
                        + WaitingCarrier.MAX_EARLY + " before it is answered)";
                refuse(ctx, JoinRefusal.BAD_PREFACE, detail);
                return;
            }
            follow(ctx, host.decide(join.token()));
        } else if (outcome instanceof JoinPreface.Outcome.Refused refused) {
            refuse(ctx, refused.refusal(), refused.detail());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == TlsGate.PLAIN) {
            JoinRefusal refusal = JoinRefusal.TLS_REQUIRED;
            refuse(ctx, refusal, refusal.meaning());
        } else if (event instanceof ChannelInputShutdownEvent) {
            ctx.close();
        }
    }

    /** One handshake may fail more than once, in Netty's eyes. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (TlsFault.isIn(cause) && !tlsFailed) {
            tlsFailed = true;
            lobby.tell(JoinRefusal.TLS_FAILED, ctx.channel().remoteAddress(), TlsFault.sentence(cause));
            host.onRefused(JoinRefusal.TLS_FAILED);
        }
        ctx.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        if (bytes != null) {
            bytes.release();
            bytes = null;
        }
    }

    /** Bounded without a check: what begins like a JOIN and is not whole is shorter than the longest one. */
    private ByteBuf gather(ChannelHandlerContext ctx, ByteBuf more) {
        ByteBuf before = bytes;
        if (before == null) {
            bytes = more;
            return more;
        }
        // A new one: what a call brought has no room for more.
        ByteBuf both = ctx.alloc().buffer(before.readableBytes() + more.readableBytes());
        both.writeBytes(before).writeBytes(more);
        before.release();
        more.release();
        bytes = both;
        return both;
    }

    private void follow(ChannelHandlerContext ctx, JoinHost.Decision decision) {
        if (decision instanceof JoinHost.Decision.Taken taken) {
            handOn(ctx, taken.successor());
        } else if (decision instanceof JoinHost.Decision.Refused refused) {
            refuse(ctx, refused.refusal(), refused.refusal().meaning());
        }
    }

    private void handOn(ChannelHandlerContext ctx, JoinHost.Successor successor) {
        ctx.channel().config().setAutoRead(false);
        lobby.leave(this);
        ByteBuf early = bytes == null ? ctx.alloc().buffer(0) : bytes;
        bytes = null;
        ctx.pipeline().replace(this, null, successor.of((DuplexChannel) ctx.channel(), early));
    }

    private void refuse(ChannelHandlerContext ctx, JoinRefusal refusal, String detail) {
        if (!ctx.isRemoved()) {
            host.onRefused(refusal);
            if (refusal == JoinRefusal.TLS_REQUIRED || refusal == JoinRefusal.TLS_NOT_SPOKEN) {
                lobby.tell(refusal, ctx.channel().remoteAddress(), detail);
            }
            if (refusal != JoinRefusal.TLS_REQUIRED && !ChannelEnding.canSpeak(ctx.channel())) {
                ChannelEnding.abandon(ctx.channel());
                return;
            }
            ctx.pipeline().replace(this, null, new RefusedCarrier(JoinAnswer.refused(refusal, detail), true));
        }
    }

    private void turnAway(ChannelHandlerContext ctx, JoinRefusal refusal) {
        host.onRefused(refusal);
        if (!ChannelEnding.canSpeak(ctx.channel())) {
            ctx.close(); // a handshake costs more than its answer is worth
            return;
        }
        JoinAnswer answer = JoinAnswer.refused(refusal, refusal.meaning());
        ctx.pipeline().replace(this, null, new RefusedCarrier(answer, false));
    }
}
