package io.penstock.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One answer of a {@link TinyWebApp}, from its request's head to its own last byte. Loop-confined. */
final class TinyWebAnswer {
    private static final int BLOCK = 16 * 1024;

    private final String name;
    private final ChannelHandlerContext ctx;
    private final Runnable whenDone;
    private final TinyWebRoute route;
    private final boolean keep;
    private final boolean bodiless;
    private final @Nullable MessageDigest digest;
    private long sent;
    private boolean streaming;

    TinyWebAnswer(String name, HttpRequest request, ChannelHandlerContext ctx, Runnable whenDone) {
        this.name = name;
        this.ctx = ctx;
        this.whenDone = whenDone;
        this.route = TinyWebRoute.of(request.uri());
        this.keep = HttpUtil.isKeepAlive(request);
        this.bodiless = request.method().equals(HttpMethod.HEAD);
        this.digest = route.kind() == TinyWebRoute.Kind.ECHO ? BytePattern.newSha256() : null;
    }

    /** Tells a caller that waits for it to send its body. */
    void invite() {
        ctx.writeAndFlush(
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
    }

    /** Takes a piece of the request's body; its caller keeps the buffer. */
    void take(ByteBuf body) {
        if (digest != null && body.isReadable()) {
            digest.update(body.nioBuffer());
        }
    }

    /** Begins to answer, after the whole request was read. */
    void begin() {
        switch (route.kind()) {
            case GREETING -> finish(HttpResponseStatus.OK, TinyWebApp.greeting(name));
            case SLOW ->
                ctx.executor()
                        .schedule(
                                () -> finish(HttpResponseStatus.OK, TinyWebApp.greeting(name)),
                                route.number(),
                                TimeUnit.MILLISECONDS);
            case ECHO -> finish(HttpResponseStatus.OK, hexDigest());
            case BYTES, RESET, SHORT, ALTERED -> stream();
            case UNKNOWN -> finish(HttpResponseStatus.NOT_FOUND, "path: unknown (expected: / or /bytes/N ...)\n");
        }
    }

    void onWritable() {
        if (!streaming) {
            return;
        }
        long end = route.bytesToSend();
        while (sent < end && ctx.channel().isWritable()) {
            ByteBuf block = BytePattern.at(sent, Math.min(BLOCK, end - sent));
            int length = block.readableBytes();
            ctx.write(new DefaultHttpContent(route.alters(sent, length) ? inverted(block) : block));
            sent += length;
        }
        if (sent == end) {
            streaming = false;
            endStream();
        } else {
            ctx.flush();
        }
    }

    private void stream() {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        describe(head, route.number(), "application/octet-stream");
        ctx.write(head);
        streaming = !bodiless;
        if (bodiless) {
            endStream();
        } else {
            onWritable();
        }
    }

    private void endStream() {
        switch (route.kind()) {
            case RESET ->
                ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> {
                    ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
                    ctx.close();
                });
            case SHORT -> ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            default -> done(ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
        }
    }

    private void finish(HttpResponseStatus status, String text) {
        ByteBuf body = Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
        int length = body.readableBytes();
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, bodiless ? Unpooled.EMPTY_BUFFER : body);
        describe(response, length, "text/plain; charset=utf-8");
        done(ctx.writeAndFlush(response));
    }

    private void done(ChannelFuture written) {
        written.addListener(result -> whenDone.run());
    }

    private void describe(HttpResponse head, long length, String type) {
        head.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CONTENT_LENGTH, length)
                .set(TinyWebApp.NAME_HEADER, name);
        if (!keep) {
            head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
    }

    private String hexDigest() {
        return digest == null ? "" : HexFormat.of().formatHex(digest.digest());
    }

    private static ByteBuf inverted(ByteBuf block) {
        ByteBuf copy = block.copy();
        copy.setByte(0, ~copy.getByte(0));
        return copy;
    }
}
