package io.penstock.tunnel.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.penstock.tunnel.carrier.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two real sockets, joined without a stream. */
@Timeout(60)
class PassThroughTest {

    private static final int BODY = 8_000_000;

    private final Transport transport = Transport.choose("auto");
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, transport.ioHandlerFactory());
    private final EventLoop loop = loops.next();
    /** Of our own: on two processors the common pool has one thread, and what runs there waits for each other. */
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private ServerSocket app;
    private Channel capture;

    @BeforeEach
    void listen() throws Exception {
        app = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        app.setSoTimeout(10_000);
        capture = new ServerBootstrap()
                .group(loop)
                .channel(transport.serverChannel())
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel caller) {
                        caller.pipeline().addLast(new PassOnActive());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
    }

    @AfterEach
    void stop() throws Exception {
        app.close();
        capture.close().sync();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        threads.shutdownNow();
    }

    @Test
    void losesNothingWhenTheCallerEndsWhileTheAnswerIsStillQueued() throws Exception {
        byte[] body = body();
        try (Socket caller = connect();
                Socket accepted = app.accept()) {
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> answerAndEnd(accepted, body), threads);
            InputStream in = caller.getInputStream();
            byte[] first = in.readNBytes(100_000);
            // Far more is queued than the kernel takes; the end of the caller's input now meets that of the app's.
            caller.shutdownOutput();
            byte[] rest = in.readAllBytes();

            assertThat(first.length + rest.length).isEqualTo(BODY);
            answered.get(10, TimeUnit.SECONDS);
        }
    }

    /** Sizes around what the kernel takes, so that in some of them the last bytes are queued here when both sides end. */
    @Test
    void losesNothingWhenBothSidesEndBeforeTheCallerReads() throws Exception {
        for (int size = 1_500_000; size < 4_500_000; size += 50_000) {
            byte[] body = new byte[size];
            try (Socket caller = connect();
                    Socket accepted = app.accept()) {
                CompletableFuture<Void> answered =
                        CompletableFuture.runAsync(() -> answerAndEnd(accepted, body), threads);
                // The first byte: the answer is on its way, and soon stuck.
                assertThat(caller.getInputStream().read()).isZero();
                caller.shutdownOutput();
                int rest = caller.getInputStream().readAllBytes().length;

                assertThat(1 + rest).isEqualTo(size);
                answered.get(10, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void passesAResetOn() throws Exception {
        try (Socket caller = connect()) {
            Socket accepted = app.accept();
            accepted.getOutputStream().write(1);
            InputStream in = caller.getInputStream();
            assertThat(in.read()).isEqualTo(1);
            abort(accepted);

            assertThatThrownBy(in::read).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        }
    }

    private static void abort(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private Socket connect() throws IOException {
        Socket caller = new Socket();
        caller.setReceiveBufferSize(16 * 1024);
        caller.connect(capture.localAddress());
        return caller;
    }

    private static void answerAndEnd(Socket socket, byte[] body) {
        try {
            socket.getOutputStream().write(body);
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] body() {
        byte[] body = new byte[BODY];
        new Random(1).nextBytes(body);
        return body;
    }

    private final class PassOnActive extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.pipeline().remove(this);
            new Bootstrap()
                    .group(loop)
                    .channel(transport.socketChannel())
                    .option(ChannelOption.AUTO_READ, false)
                    .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(app.getLocalSocketAddress())
                    .addListener(
                            connected -> PassThrough.join(context.channel(), ((ChannelFuture) connected).channel()));
        }
    }
}
