package io.penstock.agent.admin;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.function.Supplier;

/**
 * The requests of the admin port, one at a time on each connection.
 *
 * <p><em>Thread-safe</em>.
 */
@ChannelHandler.Sharable
final class AdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final AgentHealth health;
    private final Supplier<String> scrape;

    AdminHandler(AgentHealth health, Supplier<String> scrape) {
        this.health = health;
        this.scrape = scrape;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.read();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        FullHttpResponse response = response(context, answer(request));
        if (HttpMethod.HEAD.equals(request.method())) {
            response.content().clear();
        }
        HttpUtil.setKeepAlive(response, keepAlive);
        ChannelFutureListener next = keepAlive ? sent -> context.read() : ChannelFutureListener.CLOSE;
        context.writeAndFlush(response).addListener(next);
    }

    private AdminAnswer answer(FullHttpRequest request) {
        boolean reads = HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method());
        if (!reads || request.decoderResult().isFailure()) {
            return AdminAnswer.problem(HttpResponseStatus.METHOD_NOT_ALLOWED, "only GET and HEAD are known here");
        }
        int query = request.uri().indexOf('?');
        String path = query < 0 ? request.uri() : request.uri().substring(0, query);
        return switch (path) {
            case "/actuator/health" -> health.health();
            case "/actuator/health/liveness" -> health.liveness();
            case "/actuator/health/readiness" -> health.readiness();
            case "/actuator/prometheus" -> new AdminAnswer(HttpResponseStatus.OK, PROMETHEUS, scrape.get());
            default ->
                AdminAnswer.problem(HttpResponseStatus.NOT_FOUND, "known are health and prometheus below /actuator");
        };
    }

    private static FullHttpResponse response(ChannelHandlerContext context, AdminAnswer answer) {
        ByteBuf body = ByteBufUtil.writeUtf8(context.alloc(), answer.body());
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, answer.status(), body);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
        HttpUtil.setContentLength(response, body.readableBytes());
        return response;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
