package io.penstock.agent.capture;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.SocketChannel;
import io.penstock.tunnel.relay.SocketReads;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handler of one listener: sets a caller's socket up, registers it with its loop and hands it on. In place of Netty's own
 * acceptor, which would cost an initializer and two system calls more for each connection (TCP_NODELAY is Netty's default).
 *
 * <p><em>Loop-confined</em>.
 */
final class CallerAcceptor extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(CallerAcceptor.class);

    /** Out of descriptors: accepting again at once would only spin. */
    private static final long PAUSE_MILLIS = 200;

    private final List<LoopCapture> loops;
    private final RecvByteBufAllocator reads = SocketReads.allocator();
    private int next;

    /** @param loops the listener's own loop, or all of them when the port has one listener only: then in turns */
    CallerAcceptor(List<LoopCapture> loops) {
        this.loops = loops;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        SocketChannel caller = (SocketChannel) message;
        caller.config().setAllowHalfClosure(true).setAutoRead(false).setRecvByteBufAllocator(reads);
        LoopCapture loop = takeTurn();
        ChannelFuture registered = loop.eventLoop().register(caller);
        if (registered.isSuccess()) {
            loop.routing().onConnection(caller);
        } else {
            registered.addListener(done -> onRegistered(registered, loop));
        }
    }

    private LoopCapture takeTurn() {
        LoopCapture loop = loops.get(next);
        next = (next + 1) % loops.size();
        return loop;
    }

    private static void onRegistered(ChannelFuture registered, LoopCapture loop) {
        if (registered.isSuccess()) {
            loop.routing().onConnection(registered.channel());
        } else {
            registered.channel().unsafe().closeForcibly();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.warn("captured port {}: cannot accept: {}", context.channel().localAddress(), cause.getMessage());
        if (context.channel().config().isAutoRead()) {
            context.channel().config().setAutoRead(false);
            context.channel()
                    .eventLoop()
                    .schedule(() -> context.channel().config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
