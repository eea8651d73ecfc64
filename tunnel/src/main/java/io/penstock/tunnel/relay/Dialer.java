package io.penstock.tunnel.relay;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.frame.ResetCode;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The dials to one target from one event loop: some at once, the others in order behind them, so that a storm of streams does
 * not become a storm of SYNs that the target's backlog drops.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
public final class Dialer implements DialSource {

    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final SocketAddress target;
    private final DialPolicy policy;
    private final DialEvents events;
    private final ArrayDeque<Dial> queue = new ArrayDeque<>();
    private int underWay;
    private boolean turnScheduled;

    public Dialer(
            EventLoop loop,
            Class<? extends Channel> channelClass,
            InetSocketAddress target,
            DialPolicy policy,
            DialEvents events) {
        this.loop = loop;
        this.target = target;
        this.policy = policy;
        this.events = events;
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(channelClass)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, SocketReads.allocator())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        policy.deadline().toMillis())
                .handler(new Unclaimed());
    }

    /** Queues a dial, which begins at the earliest at the end of this turn (a descriptor that was just closed must be forgotten first). */
    @Override
    public Dial dial(DialListener listener) {
        Dial dial = new Dial(listener, loop.ticker().nanoTime());
        if (queue.size() >= policy.queueLimit()) {
            dial.fail(ResetCode.REFUSED_LIMIT, "dials that wait: " + queue.size() + " (expected: less)");
            events.failed(ResetCode.REFUSED_LIMIT);
            return dial;
        }
        queue.add(dial);
        events.queued(1);
        scheduleTurn();
        return dial;
    }

    /** Dials that have not begun. */
    public int queued() {
        return queue.size();
    }

    private void scheduleTurn() {
        if (!turnScheduled && underWay < policy.concurrent()) {
            turnScheduled = true;
            loop.execute(this::turn);
        }
    }

    private void turn() {
        turnScheduled = false;
        while (underWay < policy.concurrent() && !queue.isEmpty()) {
            events.queued(-1);
            begin(queue.remove());
        }
    }

    private void begin(Dial dial) {
        if (dial.isOver()) {
            return;
        }
        long now = loop.ticker().nanoTime();
        if (now - dial.queuedAt > policy.queueWait().toNanos()) {
            end(dial, ResetCode.DIAL_TIMEOUT, "waited " + policy.queueWait().toSeconds() + " s for its turn to dial");
            return;
        }
        underWay++;
        ChannelFuture connecting = bootstrap.connect(target);
        dial.channel = connecting.channel();
        connecting.addListener(future -> onLoop(() -> onConnect(dial, connecting, now)));
    }

    /** A socket that could not even be made (no descriptors left) is told of by a thread that is not the loop's. */
    private void onLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    private void onConnect(Dial dial, ChannelFuture connecting, long begun) {
        underWay--;
        scheduleTurn();
        if (dial.isOver()) {
            SocketRelay.abort(connecting.channel());
        } else if (connecting.isSuccess()) {
            events.connected(loop.ticker().nanoTime() - begun);
            dial.succeed(connecting.channel());
        } else {
            end(
                    dial,
                    codeOf(connecting.cause()),
                    String.valueOf(connecting.cause().getMessage()));
        }
    }

    private void end(Dial dial, ResetCode code, String detail) {
        events.failed(code);
        dial.fail(code, detail);
    }

    private static ResetCode codeOf(Throwable cause) {
        if (cause instanceof ConnectTimeoutException) {
            return ResetCode.DIAL_TIMEOUT;
        }
        return cause instanceof ConnectException ? ResetCode.APP_REFUSED : ResetCode.DIAL_FAILED;
    }

    /** Stands in a dialled channel's pipeline until its relay does: an error then only closes. Thread-safe. */
    @Sharable
    private static final class Unclaimed extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (context.pipeline().last() == this) {
                context.close();
            } else {
                context.fireExceptionCaught(cause);
            }
        }
    }

    /** One dial, waiting or under way. Loop-confined. */
    public static final class Dial implements DialAttempt {
        private final long queuedAt;
        private final DialListener listener;
        private @Nullable Channel channel;
        private boolean over;

        private Dial(DialListener listener, long queuedAt) {
            this.listener = listener;
            this.queuedAt = queuedAt;
        }

        /** Nobody waits for the outcome any more; a connection under way is reset: the target may have taken it already. */
        @Override
        public void cancel() {
            if (!over && channel != null) {
                SocketRelay.abort(channel);
            }
            over = true;
        }

        private boolean isOver() {
            return over;
        }

        private void succeed(Channel connected) {
            over = true;
            listener.onConnected(connected);
        }

        private void fail(ResetCode code, String detail) {
            over = true;
            listener.onFailed(code, detail);
        }
    }
}
