package io.penstock.tunnel.carrier;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relay: both ends of a link dial it, it checks their join tokens and splices the two carriers. It knows no frames,
 * and its memory per pair is constant.
 *
 * <p><em>Thread-safe</em>.
 */
public final class RelayServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RelayServer.class);
    private static final int BACKLOG = 1024;
    /** Room for the longest JOIN and the link handshake that follows it. */
    private static final int FIRST_READ = 2048;
    /** What a copied pair holds at most in each direction. */
    private static final int LARGEST_READ = 64 * 1024;

    private final Channel listener;
    private final EventLoopGroup loops;
    private final Supplier<JoiningCarrier> joining;
    private final JoinLobby lobby;
    private final RelayDesk desk;

    private RelayServer(
            Channel listener, EventLoopGroup loops, Supplier<JoiningCarrier> joining, JoinLobby lobby, RelayDesk desk) {
        this.listener = listener;
        this.loops = loops;
        this.joining = joining;
        this.lobby = lobby;
        this.desk = desk;
    }

    /**
     * Listens. The loops must be of the same transport; they stay the caller's, who ends them after {@link #closeNow}.
     *
     * @throws UncheckedIOException if the address is not to be had
     */
    public static RelayServer start(
            RelaySettings settings, Transport transport, EventLoopGroup loops, JoinTokens tokens, RelayEvents events) {
        var lobby = new JoinLobby(settings.bounds().maxJoining());
        var desk = new RelayDesk(settings, transport, loops, events);
        var joins = new RelayJoins(tokens, desk);
        Supplier<JoiningCarrier> joining = () -> new JoiningCarrier(settings.prefaceDeadline(), lobby, joins);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        settings.tls().ifPresent(tls -> channel.pipeline().addLast(new TlsGate(tls)));
                        channel.pipeline().addLast(joining.get());
                    }
                });
        configureCarriers(bootstrap, transport);
        var relay = new RelayServer(bind(bootstrap, settings.address()), loops, joining, lobby, desk);
        log.info(
                "relay listens on {} ({}, splice {}, TLS {})",
                relay.localAddress(),
                transport,
                splices(settings, transport),
                settings.tls().isPresent());
        return relay;
    }

    /**
     * Takes a carrier that has come in another way than by the port.
     *
     * @param maker makes its channel, which lives on that loop and is not registered yet
     */
    <C extends DuplexChannel> C admit(Function<EventLoop, C> maker) {
        return take(maker, joining.get());
    }

    /** Tells a carrier that has come in another way than by the port that this way is closed, before it says anything. */
    <C extends DuplexChannel> C turnAway(Function<EventLoop, C> maker, JoinRefusal refusal) {
        desk.events().refused(refusal);
        C channel = take(maker, new RefusedCarrier(JoinAnswer.refused(refusal, ""), false));
        lobby.tell(refusal, channel.remoteAddress(), refusal.meaning());
        return channel;
    }

    private <C extends DuplexChannel> C take(Function<EventLoop, C> maker, ChannelHandler first) {
        EventLoop loop = loops.next();
        C channel = maker.apply(loop);
        channel.pipeline().addLast(first);
        loop.register(channel);
        return channel;
    }

    public InetSocketAddress localAddress() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Returns how many pairs of carriers are joined now. */
    public int pairs() {
        return desk.pairs();
    }

    /** Returns how many accepted connections have not been joined and do not wait for the other side either. */
    public int joining() {
        return lobby.size();
    }

    /** Returns how many joined carriers wait for the other side's. */
    public int waiting() {
        return desk.waiting();
    }

    /** Stops listening and refuses all that are not paired; pairs go on until their own end. */
    @Override
    public void close() {
        listener.close();
        lobby.close();
        desk.close();
    }

    /** Closes, and resets the pairs too. */
    public void closeNow() {
        close();
        desk.resetAll();
    }

    private static Channel bind(ServerBootstrap bootstrap, InetSocketAddress address) {
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            String why = bound.cause().getMessage();
            throw new UncheckedIOException(
                    "relay: cannot listen on " + address + ": " + why + " (expected: a free address of this machine)",
                    bound.cause() instanceof IOException io ? io : new IOException(bound.cause()));
        }
        return bound.channel();
    }

    private static boolean splices(RelaySettings settings, Transport transport) {
        return settings.kernelSplice() && settings.tls().isEmpty() && transport.canSplice();
    }

    /** A peer that vanished without a word is noticed by keep-alive; the ends' own pings are sooner, where they live. */
    private static void configureCarriers(ServerBootstrap bootstrap, Transport transport) {
        bootstrap
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(FIRST_READ, FIRST_READ, LARGEST_READ).maxMessagesPerRead(1));
        if (transport == Transport.EPOLL) {
            bootstrap
                    .childOption(EpollChannelOption.TCP_KEEPIDLE, 30)
                    .childOption(EpollChannelOption.TCP_KEEPINTVL, 10)
                    .childOption(EpollChannelOption.TCP_KEEPCNT, 3);
        }
    }
}
