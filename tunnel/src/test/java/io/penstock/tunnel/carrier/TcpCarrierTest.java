package io.penstock.tunnel.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A carrier over a real socket, and a peer that takes its time. */
@Timeout(60)
class TcpCarrierTest {

    /** More than the peer's window, less than our send buffer: the kernel has it all before the peer has read any. */
    private static final int LAST_BYTES = 256 * 1024;

    private final Transport transport = Transport.choose("auto");
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, transport.ioHandlerFactory());

    private ServerSocket server;
    private Channel channel;
    private Socket peer;
    private TcpCarrier carrier;

    @BeforeEach
    void connect() throws Exception {
        server = new ServerSocket();
        server.setReceiveBufferSize(8 * 1024);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel = new Bootstrap()
                .group(loops)
                .channel(transport.socketChannel())
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_SNDBUF, 4 * LAST_BYTES)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(server.getLocalSocketAddress())
                .sync()
                .channel();
        peer = server.accept();
        peer.setSoTimeout(10_000);
        carrier = new TcpCarrier(channel);
        channel.pipeline().addLast(carrier);
    }

    @AfterEach
    void stop() throws Exception {
        channel.close().sync();
        peer.close();
        server.close();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }

    private void sendAndClose() throws Exception {
        channel.eventLoop()
                .submit(() -> {
                    carrier.write(Unpooled.wrappedBuffer(new byte[LAST_BYTES]));
                    carrier.flush();
                    carrier.close();
                })
                .sync();
    }

    @Test
    void deliversItsLastBytesThoughThePeersAreUnread() throws Exception {
        peer.getOutputStream().write(new byte[4 * 1024]);

        sendAndClose();
        peer.getOutputStream().write(new byte[4 * 1024]);

        assertThat(peer.getInputStream().readAllBytes()).hasSize(LAST_BYTES);
        peer.shutdownOutput();
        assertThat(channel.closeFuture().await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void doesNotWaitForAPeerThatNeverReads() throws Exception {
        sendAndClose();

        assertThat(channel.closeFuture().await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void endsWhenThePeerResets() throws Exception {
        sendAndClose();
        peer.setSoLinger(true, 0);
        peer.close();

        assertThat(channel.closeFuture().await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void mayBeClosedAgain() throws Exception {
        sendAndClose();
        channel.eventLoop().submit(carrier::close).sync();

        assertThat(peer.getInputStream().readAllBytes()).hasSize(LAST_BYTES);
    }
}
