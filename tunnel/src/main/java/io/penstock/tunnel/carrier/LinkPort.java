package io.penstock.tunnel.carrier;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.penstock.tunnel.TunnelException;
import java.net.InetSocketAddress;

/**
 * A listener for carriers that are dialled directly, without a relay: the agent's end of a direct route. A link lives on the loop
 * whose port accepted its carrier.
 *
 * <p><em>Thread-safe</em>.
 */
public final class LinkPort implements AutoCloseable {

    private static final int BACKLOG = 1024;

    private final Channel channel;

    private LinkPort(Channel channel) {
        this.channel = channel;
    }

    /**
     * Listens.
     *
     * @throws TunnelException when the address cannot be bound
     */
    public static LinkPort open(
            EventLoop loop, Transport transport, InetSocketAddress address, LinkMaker maker, LinkAdmission admission) {
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, LinkConnector.WATER_MARK)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, CarrierReads.allocator())
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel child) {
                        child.pipeline().addLast(new JoinAcceptor(maker, admission));
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new TunnelException(
                    "PORT_IN_USE",
                    "link port " + address + ": " + bound.cause().getMessage()
                            + " (expected: an address that is free)");
        }
        return new LinkPort(bound.channel());
    }

    public InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
    }
}
