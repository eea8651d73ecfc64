package io.penstock.tunnel.carrier;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.penstock.tunnel.tls.ClientTls;
import io.penstock.tunnel.tls.ServerTls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connection over loopback, with TLS or without. */
final class SocketRoad implements ChannelRig.Road {

    /** Both ends of TLS. Thread-safe. */
    record Tls(ServerTls far, ClientTls near) {}

    private final Transport transport;
    private final Optional<Tls> tls;
    private @Nullable Channel listener;

    SocketRoad(Transport transport, Optional<Tls> tls) {
        this.transport = transport;
        this.tls = tls;
    }

    @Override
    public Channel connect(
            EventLoop near, EventLoop far, ChannelInboundHandlerAdapter carrier, ChannelRig.FarEnd farEnd)
            throws Exception {
        listener = new ServerBootstrap()
                .group(far)
                .channel(transport.serverChannel())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        tls.ifPresent(both -> channel.pipeline().addLast(new TlsGate(both.far())));
                        channel.pipeline().addLast(farEnd);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        InetSocketAddress address = (InetSocketAddress) listener.localAddress();
        Channel channel = new Bootstrap()
                .group(near)
                .channel(transport.socketChannel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, LinkConnector.WATER_MARK)
                .option(ChannelOption.RECVBUF_ALLOCATOR, CarrierReads.allocator())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        tls.ifPresent(
                                both -> channel.pipeline().addLast(both.near().newHandler(channel.alloc(), address)));
                        channel.pipeline().addLast(carrier);
                    }
                })
                .connect(address)
                .sync()
                .channel();
        SslHandler secured = channel.pipeline().get(SslHandler.class);
        if (secured != null) {
            secured.handshakeFuture().sync();
        }
        return channel;
    }

    @Override
    public void close() {
        if (listener != null) {
            listener.close().syncUninterruptibly();
        }
        tls.ifPresent(both -> {
            both.far().close();
            both.near().close();
        });
    }
}
