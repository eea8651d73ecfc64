package io.penstock.bench.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.penstock.bench.config.LoadLoops;
import io.penstock.bench.config.Loopback;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;

/**
 * A tiny HTTP/1.1 app that says who it is. It keeps connections, takes pipelined requests, and answers
 *
 * <ul>
 *   <li>{@code /} with a greeting that holds its name;
 *   <li>{@code /bytes/N} with N bytes of the {@link BytePattern};
 *   <li>{@code /echo} with the SHA-256 of the request's body in hexadecimal;
 *   <li>{@code /slow?ms=N} with the greeting, N milliseconds late;
 *   <li>{@code /broken/reset/N}, {@code /broken/short/N} and {@code /broken/altered/N} with N announced bytes that end in a
 *       reset or too early, or are not those of the pattern.
 * </ul>
 *
 * Every answer has its name in {@value #NAME_HEADER}. Thread-safe.
 */
public final class TinyWebApp implements AutoCloseable {
    public static final String NAME_HEADER = "X-Penstock-App";
    static final String NAME_HEADER_LOWER = "x-penstock-app";
    private static final int BACKLOG = 4096;
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(64 * 1024, 128 * 1024);

    private final LoadLoops loops;
    private final ChannelGroup connections;
    private final Channel listener;

    private TinyWebApp(LoadLoops loops, ChannelGroup connections, Channel listener) {
        this.loops = loops;
        this.connections = connections;
        this.listener = listener;
    }

    /** Starts an app on loops of its own, listening on 127.0.0.1; port 0 takes any free one. */
    public static TinyWebApp start(String name, int port) {
        return start(name, port, 1);
    }

    public static TinyWebApp start(String name, int port, int loopCount) {
        LoadLoops loops = LoadLoops.start(loopCount);
        ChannelGroup connections = new DefaultChannelGroup(loops.group().next());
        ChannelFuture bind =
                bootstrap(name, loops, connections).bind(Loopback.at(port)).awaitUninterruptibly();
        if (!bind.isSuccess()) {
            loops.close();
            BindException inUse = new BindException("port: " + port + " (expected: a free one)");
            inUse.initCause(bind.cause());
            throw new UncheckedIOException(inUse);
        }
        return new TinyWebApp(loops, connections, bind.channel());
    }

    /** Returns the body of {@code /} in an app of that name. */
    public static String greeting(String name) {
        return "Hello from " + name + "\n";
    }

    private static ServerBootstrap bootstrap(String name, LoadLoops loops, ChannelGroup connections) {
        return new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverSocketType())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        connections.add(channel);
                        channel.pipeline().addLast(new HttpServerCodec(decoding()), new TinyWebHandler(name));
                    }
                });
    }

    private static HttpDecoderConfig decoding() {
        return new HttpDecoderConfig().setMaxHeaderSize(64 * 1024).setMaxChunkSize(64 * 1024);
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    public int port() {
        return address().getPort();
    }

    /** Closes the listening socket only; open connections go on. */
    public void stopListening() {
        listener.close().awaitUninterruptibly();
    }

    /** Waits until the app is closed, or the thread interrupted. */
    public void awaitClose() throws InterruptedException {
        listener.closeFuture().sync();
    }

    @Override
    public void close() {
        stopListening();
        connections.close().awaitUninterruptibly();
        loops.close();
    }
}
