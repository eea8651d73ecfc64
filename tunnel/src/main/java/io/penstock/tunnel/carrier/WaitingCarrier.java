package io.penstock.tunnel.carrier;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Promise;
import java.nio.channels.ClosedChannelException;

/**
 * A carrier whose JOIN was accepted, until it is spliced or refused. Nothing is read on purpose; what the transport
 * reads all the same, when it notices the peer's end, is kept.
 *
 * <p><em>Loop-confined</em>; {@link #refuse}, {@link #detach} and {@link #yieldTo} hop to the loop by themselves.
 */
final class WaitingCarrier extends ChannelInboundHandlerAdapter {
    private enum Phase {
        /** Known to the desk. */
        WAITING,
        /** Being handed to a splice. */
        LEAVING,
        /** Handed over, refused or closed; the early bytes are no longer ours. */
        GONE
    }

    /** What may be kept of a carrier that was not answered yet. */
    static final int MAX_EARLY = 64 * 1024;

    private final DuplexChannel channel;
    private final JoinToken token;
    private final ByteBuf early;
    private final RelayDesk desk;
    private Phase phase = Phase.WAITING;

    /** Takes over the bytes that were read behind the JOIN. */
    WaitingCarrier(DuplexChannel channel, JoinToken token, ByteBuf early, RelayDesk desk) {
        this.channel = channel;
        this.token = token;
        this.early = early;
        this.desk = desk;
    }

    /** Whether the kernel can move its bytes: a plain socket of epoll. */
    boolean isPlainSocket() {
        return channel instanceof EpollSocketChannel && !ChannelEnding.hasTls(channel);
    }

    JoinToken token() {
        return token;
    }

    DuplexChannel channel() {
        return channel;
    }

    /** Answers with the refusal and closes, unless it has gone meanwhile. */
    void refuse(JoinAnswer answer) {
        onLoop(() -> {
            if (phase == Phase.WAITING) {
                vanish();
                channel.pipeline().replace(this, null, new RefusedCarrier(answer, true));
            }
        });
    }

    /** Takes the channel off its loop. Reads that are under way come first, so that their bytes go along. */
    void detach(Promise<DetachedCarrier> detached) {
        onLoop(() -> {
            if (phase != Phase.WAITING) {
                detached.setFailure(new ClosedChannelException());
                return;
            }
            phase = Phase.LEAVING;
            channel.deregister().addListener(done -> finishDetaching(detached));
        });
    }

    /** Lets the other handler go on with the channel, which stays on its loop. */
    void yieldTo(CopyHandler next) {
        onLoop(() -> {
            if (phase == Phase.WAITING) {
                next.begin(takeFirst());
                channel.pipeline().replace(this, null, next);
            } else {
                next.abandon();
            }
        });
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        desk.arrive(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var bytes = (ByteBuf) message;
        if (phase != Phase.GONE && early.readableBytes() + bytes.readableBytes() <= MAX_EARLY) {
            early.writeBytes(bytes);
        } else {
            ctx.close();
        }
        bytes.release();
    }

    /** A carrier that ends before it has met anybody is of no use; when it is just leaving, the splice sees the end. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent && phase == Phase.WAITING) {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (phase == Phase.WAITING) {
            vanish();
            desk.leave(this);
        }
    }

    private void finishDetaching(Promise<DetachedCarrier> detached) {
        ByteBuf first = takeFirst();
        if (channel.isOpen()) {
            detached.setSuccess(new DetachedCarrier((EpollSocketChannel) channel, first));
        } else {
            first.release();
            detached.setFailure(new ClosedChannelException());
        }
    }

    /** Returns the answer that the other side is owed, and behind it the bytes that came early. */
    private ByteBuf takeFirst() {
        ByteBuf first = channel.alloc().directBuffer(2 + early.readableBytes());
        JoinAnswer.PAIRED.write(first);
        first.writeBytes(early);
        vanish();
        return first;
    }

    private void vanish() {
        phase = Phase.GONE;
        early.release();
    }

    private void onLoop(Runnable task) {
        if (channel.eventLoop().inEventLoop()) {
            task.run();
        } else {
            channel.eventLoop().execute(task);
        }
    }
}
