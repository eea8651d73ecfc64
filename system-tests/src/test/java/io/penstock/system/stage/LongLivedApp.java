package io.penstock.system.stage;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.penstock.bench.config.LoadLoops;
import io.penstock.bench.config.Loopback;
import io.penstock.bench.load.TinyWebApp;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * An app in the test's own process whose connections last: {@code /socket} is a WebSocket that echoes, {@code /events} sends an
 * event each second for as long as somebody listens; everything else is the greeting. Thread-safe.
 */
public final class LongLivedApp implements AutoCloseable {
    private static final int BACKLOG = 4096;

    private final LoadLoops loops = LoadLoops.start(1);
    private final Channel listener;

    private LongLivedApp() {
        listener = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverSocketType())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(BACKLOG),
                                        new WebSocketServerProtocolHandler("/socket"),
                                        new Echo(),
                                        new Answers());
                    }
                })
                .bind(Loopback.at(0))
                .syncUninterruptibly()
                .channel();
    }

    public static LongLivedApp start() {
        return new LongLivedApp();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    @Override
    public void close() {
        loops.close();
    }

    /** Says what it hears. Loop-confined. */
    private static final class Echo extends SimpleChannelInboundHandler<TextWebSocketFrame> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
            context.writeAndFlush(frame.retain());
        }
    }

    /** Answers what is no WebSocket. Loop-confined. */
    private static final class Answers extends SimpleChannelInboundHandler<FullHttpRequest> {
        private int events;

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            if (request.uri().equals("/events")) {
                HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
                head.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream");
                HttpUtil.setTransferEncodingChunked(head, true);
                context.write(head);
                sendEvents(context);
            } else {
                greet(context, HttpUtil.isKeepAlive(request));
            }
        }

        private void sendEvents(ChannelHandlerContext context) {
            if (context.channel().isActive()) {
                byte[] event = ("data: " + events++ + "\n\n").getBytes(StandardCharsets.US_ASCII);
                context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(event)));
                context.executor().schedule(() -> sendEvents(context), 1, TimeUnit.SECONDS);
            }
        }

        private static void greet(ChannelHandlerContext context, boolean keep) {
            byte[] body = TinyWebApp.greeting(Stage.LAPTOP).getBytes(StandardCharsets.US_ASCII);
            DefaultFullHttpResponse answer = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(body));
            HttpUtil.setContentLength(answer, body.length);
            if (keep) {
                context.writeAndFlush(answer);
            } else {
                answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
                context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
            }
        }
    }
}
