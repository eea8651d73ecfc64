package io.penstock.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;
import io.penstock.bench.config.LoadLoops;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Callers that vanish, each at another point: after connecting, mid-request, mid-answer; by FIN or by RST. Thread-safe. */
public final class AbortingCallers {
    private static final byte[] HALF_A_REQUEST =
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n1234".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LONG_ANSWER =
            "GET /bytes/10000000 HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final LoadLoops loops;

    public AbortingCallers(LoadLoops loops) {
        this.loops = loops;
    }

    /** Sends {@code count} of them, {@code atOnce} at a time; returns how many had been connected. */
    public int run(InetSocketAddress target, int count, int atOnce) {
        int connected = 0;
        for (int done = 0; done < count; done += atOnce) {
            connected += group(target, done, Math.min(atOnce, count - done));
        }
        return connected;
    }

    private int group(InetSocketAddress target, int first, int size) {
        List<ChannelFuture> connects = new ArrayList<>();
        for (int i = first; i < first + size; i++) {
            connects.add(new Bootstrap()
                    .group(loops.group())
                    .channel(loops.socketType())
                    .option(ChannelOption.SO_LINGER, i % 2 == 0 ? 0 : -1)
                    .handler(new Caller(i % 3))
                    .connect(target));
        }
        int connected = 0;
        for (ChannelFuture connect : connects) {
            connect.awaitUninterruptibly();
            connect.channel().closeFuture().awaitUninterruptibly();
            connected += connect.isSuccess() ? 1 : 0;
        }
        return connected;
    }

    /** One of them. Loop-confined. */
    private static final class Caller extends ChannelInboundHandlerAdapter {
        private final int leavesAfter;

        Caller(int leavesAfter) {
            this.leavesAfter = leavesAfter;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            switch (leavesAfter) {
                case 0 -> ctx.close();
                case 1 -> send(ctx, HALF_A_REQUEST).addListener(ChannelFutureListener.CLOSE);
                default -> send(ctx, LONG_ANSWER);
            }
        }

        private static ChannelFuture send(ChannelHandlerContext ctx, byte[] bytes) {
            return ctx.writeAndFlush(ctx.alloc().buffer(bytes.length).writeBytes(bytes));
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
            ctx.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close(); // It wanted to go anyway.
        }
    }
}
