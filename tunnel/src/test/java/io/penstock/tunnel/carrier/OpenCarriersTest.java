package io.penstock.tunnel.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OpenCarriersTest {

    private static final int LAST_BYTES = 256 * 1024;

    /** As a process ends: its link is over, its loops go, and the peer has read nothing yet. */
    @Test
    void letsTheLastBytesLeaveBeforeTheLoopsEnd() throws Exception {
        Transport transport = Transport.choose("auto");
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, transport.ioHandlerFactory());
        ExecutorService thread = Executors.newSingleThreadExecutor();
        OpenCarriers carriers = new OpenCarriers();
        try (ServerSocket server = new ServerSocket()) {
            server.setReceiveBufferSize(8 * 1024);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Channel channel = connected(transport, loops, server);
            Socket peer = server.accept();
            peer.getOutputStream().write(new byte[4 * 1024]);
            carriers.add(channel);
            channel.eventLoop()
                    .submit(() -> {
                        channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[LAST_BYTES]));
                        Farewell.begin(channel);
                    })
                    .sync();

            assertThat(carriers.awaitClosed(Duration.ofMillis(50))).isFalse();
            CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> readToEnd(peer), thread);
            assertThat(carriers.awaitClosed(Duration.ofSeconds(20))).isTrue();
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);

            assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo(LAST_BYTES);
        } finally {
            thread.shutdownNow();
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    private static Channel connected(Transport transport, EventLoopGroup loops, ServerSocket server) throws Exception {
        return new Bootstrap()
                .group(loops)
                .channel(transport.socketChannel())
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_SNDBUF, 4 * LAST_BYTES)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(server.getLocalSocketAddress())
                .sync()
                .channel();
    }

    private static int readToEnd(Socket peer) {
        try (peer) {
            return peer.getInputStream().readAllBytes().length;
        } catch (IOException e) {
            return -1;
        }
    }
}
