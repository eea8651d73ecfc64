package io.penstock.tunnel.carrier;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.penstock.tunnel.link.Link;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A carrier at a link port whose token was expected, until its hello: it moves to the loop of the link, and is told there that it
 * is joined. Nothing is read meanwhile on purpose; what the transport reads all the same, when it notices the peer's end, is kept
 * for the hello.
 *
 * <p><em>Loop-confined</em>: first to the loop that accepted it, then to the link's.
 */
final class SettlingCarrier extends ChannelInboundHandlerAdapter {
    private final DuplexChannel channel;
    private final LinkAdmission.Expected expected;
    private final LinkPortJoins joins;
    private @Nullable ByteBuf early;

    /** Takes over the bytes that were read behind the JOIN. */
    SettlingCarrier(DuplexChannel channel, ByteBuf early, LinkAdmission.Expected expected, LinkPortJoins joins) {
        this.channel = channel;
        this.early = early;
        this.expected = expected;
        this.joins = joins;
    }

    /** Later, so that neither the read under way nor the change of the pipeline is left half done. */
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.executor().execute(this::settle);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        ByteBuf before = early;
        if (before != null && before.readableBytes() + bytes.readableBytes() <= WaitingCarrier.MAX_EARLY) {
            before.writeBytes(bytes);
        } else {
            context.close();
        }
        bytes.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        drop();
    }

    private void settle() {
        if (expected.loop().inEventLoop()) {
            join();
        } else if (expected.loop().isShuttingDown()) {
            channel.close();
        } else {
            move(channel.eventLoop());
        }
    }

    /** Hears of the registration on the old loop, because a new one that has just ended tells nobody anything. */
    private void move(EventLoop from) {
        channel.deregister().addListener(left -> {
            if (left.isSuccess()) {
                expected.loop()
                        .register(new DefaultChannelPromise(channel, from))
                        .addListener(this::onRegistered);
            } else {
                abandon();
            }
        });
    }

    private void onRegistered(Future<?> registered) {
        if (registered.isSuccess()) {
            expected.loop().execute(this::join);
        } else {
            abandon();
        }
    }

    /** A carrier of no loop: nobody else would ever close it. */
    private void abandon() {
        channel.unsafe().closeForcibly();
        drop();
    }

    private void drop() {
        if (early != null) {
            early.release();
            early = null;
        }
    }

    private void join() {
        ByteBuf first = early;
        if (first == null) {
            return; // closed meanwhile
        }
        early = null;
        Promise<Link> outcome = channel.eventLoop().newPromise();
        guard(outcome);
        HelloExchange hello = new HelloExchange(handshake(), outcome);
        ByteBuf answer = channel.alloc().ioBuffer(2);
        JoinAnswer.PAIRED.write(answer);
        channel.writeAndFlush(answer, channel.voidPromise());
        ChannelHandlerContext here = channel.pipeline().context(this);
        channel.pipeline().replace(this, null, hello);
        // Before the bytes: what comes of them may be a link that wants to read no further.
        channel.config().setAutoRead(true);
        // From here, which leads to the hello now: these bytes have been through TLS, and must not go there again.
        here.fireChannelRead(first).fireChannelReadComplete();
    }

    private Handshake handshake() {
        if (expected instanceof LinkAdmission.Expected.First first) {
            return new FirstHandshake(joins.maker(), first.invitation());
        }
        return new ResumeHandshake(joins.maker(), ((LinkAdmission.Expected.Next) expected).link());
    }

    /** Whoever was joined and does not say hello is closed: it has had its answer. */
    private void guard(Promise<Link> outcome) {
        Future<?> deadline = channel.eventLoop()
                .schedule(() -> channel.close(), joins.patience().toMillis(), TimeUnit.MILLISECONDS);
        outcome.addListener(done -> {
            deadline.cancel(false);
            if (outcome.isSuccess()) {
                joins.admission().onLink(outcome.getNow());
            }
        });
    }
}
