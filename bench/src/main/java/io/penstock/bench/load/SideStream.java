package io.penstock.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.penstock.bench.config.LoadLoops;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A connection that goes on beside the measured ones until it is closed. Thread-safe. */
public final class SideStream implements AutoCloseable {
    /** What it does with the body that it asks for. */
    public enum Kind {
        /** Reads as fast as it can, and asks again. */
        BULK,
        /** Reads nothing at all. */
        STALLED
    }

    private final Channel channel;

    private SideStream(Channel channel) {
        this.channel = channel;
    }

    /** Opens one and asks for a body, which should be long. */
    public static SideStream open(LoadLoops loops, InetSocketAddress target, StormPlan.Ask ask, Kind kind)
            throws IOException {
        ChannelFuture connect = new Bootstrap()
                .group(loops.group())
                .channel(loops.socketType())
                .option(ChannelOption.AUTO_READ, kind == Kind.BULK)
                .handler(new Reader(target, ask))
                .connect(target)
                .awaitUninterruptibly();
        if (!connect.isSuccess()) {
            throw new IOException("side stream: not connected (expected: " + target + " accepts)", connect.cause());
        }
        return new SideStream(connect.channel());
    }

    /** Says whether it is still open; one that was ended by the far side is a failure. */
    public boolean isOpen() {
        return channel.isActive();
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
    }

    /** Asks, reads, and asks again. Loop-confined. */
    private static final class Reader extends ChannelInboundHandlerAdapter {
        private final InetSocketAddress target;
        private final StormPlan.Ask ask;
        private final ResponseReader reader;

        Reader(InetSocketAddress target, StormPlan.Ask ask) {
            this.target = target;
            this.ask = ask;
            this.reader = new ResponseReader(ask.check());
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.writeAndFlush(ask.request(target, false));
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            boolean whole = reader.accept(bytes);
            bytes.release();
            if (whole && reader.failure() != null) {
                ctx.close();
            } else if (whole) {
                reader.restart();
                ctx.writeAndFlush(ask.request(target, false));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close(); // isOpen() tells.
        }
    }
}
