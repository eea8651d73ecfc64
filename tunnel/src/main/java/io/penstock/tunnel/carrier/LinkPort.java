package io.penstock.tunnel.carrier;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.tls.ServerTls;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * A listener for carriers that are dialled directly, without a relay: the agent's end of a direct route. One loop accepts them
 * all; a carrier that is admitted moves to the loop that its {@link LinkAdmission} names, and its link lives there.
 *
 * <p><em>Thread-safe</em>.
 */
public final class LinkPort implements AutoCloseable {

    private static final int BACKLOG = 1024;
    /** Connections that may owe their JOIN at once. */
    private static final int MAX_JOINING = 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Channel channel;
    private final JoinLobby lobby;

    /**
     * Where and how to listen.
     *
     * @param tls spoken with every carrier; none for plain TCP
     *     <p><em>Immutable</em>.
     */
    public record Place(InetSocketAddress address, Optional<ServerTls> tls) {
        public static Place plain(InetSocketAddress address) {
            return new Place(address, Optional.empty());
        }
    }

    private LinkPort(Channel channel, JoinLobby lobby) {
        this.channel = channel;
        this.lobby = lobby;
    }

    /**
     * Listens.
     *
     * @throws TunnelException when the address cannot be bound
     */
    public static LinkPort open(
            EventLoop loop, Transport transport, Place place, LinkMaker maker, LinkAdmission admission) {
        LinkPortJoins joins = new LinkPortJoins(maker, admission, PATIENCE);
        return open(loop, transport, place, joins, new JoinLobby(MAX_JOINING));
    }

    static LinkPort open(EventLoop loop, Transport transport, Place place, LinkPortJoins joins, JoinLobby lobby) {
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, LinkConnector.WATER_MARK)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, CarrierReads.allocator())
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel child) {
                        place.tls().ifPresent(tls -> child.pipeline().addLast(new TlsGate(tls)));
                        child.pipeline().addLast(new JoiningCarrier(joins.patience(), lobby, joins));
                    }
                })
                .bind(place.address())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new TunnelException(
                    "PORT_IN_USE",
                    "link port " + place.address() + ": " + bound.cause().getMessage()
                            + " (expected: an address that is free)");
        }
        return new LinkPort(bound.channel(), lobby);
    }

    public InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.localAddress();
    }

    /** Stops listening and refuses those that are not joined; links go on. */
    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
        lobby.close();
    }
}
