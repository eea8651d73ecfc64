package io.penstock.agent.admin;

import static io.netty.handler.codec.http.HttpResponseStatus.INTERNAL_SERVER_ERROR;
import static io.netty.handler.codec.http.HttpResponseStatus.METHOD_NOT_ALLOWED;
import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;
import static io.netty.handler.codec.http.HttpResponseStatus.OK;
import static io.netty.handler.codec.http.HttpResponseStatus.SERVICE_UNAVAILABLE;

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
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of the admin port, one at a time on each connection. Nothing here waits: a scrape is answered when its text is there.
 *
 * <p><em>Thread-safe</em>.
 */
@ChannelHandler.Sharable
final class AdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private static final Logger log = LoggerFactory.getLogger(AdminHandler.class);

    private final AgentHealth health;
    private final Supplier<CompletionStage<String>> scrape;
    private final AtomicBoolean isFailing = new AtomicBoolean();

    AdminHandler(AgentHealth health, Supplier<CompletionStage<String>> scrape) {
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
        boolean head = HttpMethod.HEAD.equals(request.method());
        // Later, always: a read that is asked for inside a read is forgotten when that one ends.
        answerTo(request)
                .thenAccept(answer -> context.executor().execute(() -> reply(context, answer, keepAlive, head)));
    }

    private CompletionStage<AdminAnswer> answerTo(FullHttpRequest request) {
        String path = pathOf(request);
        if (!isRead(request)) {
            return CompletableFuture.completedFuture(
                    AdminAnswer.problem(METHOD_NOT_ALLOWED, "only GET and HEAD are known here"));
        }
        return path.equals("/actuator/prometheus")
                ? scrape.get().handle(this::scraped)
                : CompletableFuture.completedFuture(answer(path));
    }

    private static boolean isRead(FullHttpRequest request) {
        boolean reads = HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method());
        return reads && request.decoderResult().isSuccess();
    }

    private static String pathOf(FullHttpRequest request) {
        int query = request.uri().indexOf('?');
        return query < 0 ? request.uri() : request.uri().substring(0, query);
    }

    private AdminAnswer scraped(@Nullable String text, @Nullable Throwable failure) {
        if (failure instanceof RejectedExecutionException) {
            return AdminAnswer.problem(
                    SERVICE_UNAVAILABLE, "the metrics cannot be read now (expected: fewer scrapes at once)");
        }
        if (text == null) {
            tellOnce(failure);
            return AdminAnswer.problem(
                    INTERNAL_SERVER_ERROR,
                    "the metrics cannot be written (expected: no defect; the agent's log has it)");
        }
        isFailing.set(false);
        return new AdminAnswer(OK, PROMETHEUS, text);
    }

    /** Once for all failures in a row: scrapes come every few seconds. */
    private void tellOnce(@Nullable Throwable failure) {
        if (!isFailing.getAndSet(true)) {
            log.warn("the metrics cannot be written; scrapes are answered 500 until they can", failure);
        }
    }

    private AdminAnswer answer(String path) {
        return switch (path) {
            case "/actuator/health" -> health.health();
            case "/actuator/health/liveness" -> health.liveness();
            case "/actuator/health/readiness" -> health.readiness();
            default -> AdminAnswer.problem(NOT_FOUND, "known are health and prometheus below /actuator");
        };
    }

    private static void reply(ChannelHandlerContext context, AdminAnswer answer, boolean keepAlive, boolean head) {
        FullHttpResponse response = response(context, answer);
        if (head) {
            response.content().clear();
        }
        HttpUtil.setKeepAlive(response, keepAlive);
        ChannelFutureListener next = keepAlive ? sent -> context.read() : ChannelFutureListener.CLOSE;
        context.writeAndFlush(response).addListener(next);
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
