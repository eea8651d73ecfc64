package io.penstock.tunnel.carrier;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.tls.TlsFault;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Dials the carriers of links, at a relay or at an agent's link port.
 *
 * <p><em>Thread-safe</em>.
 */
public final class LinkConnector {

    /** Enough in flight for a fast link, little enough that a slow one does not hide behind a long queue. */
    static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(128 * 1024, 512 * 1024);

    /** A first dial has the pairing at the relay (10 s there) and the hello before it. */
    private static final Patience FIRST = new Patience(3_000, 14_000);

    /**
     * Shorter: a packet that is lost on a broken network is sent again by the next dial, not by this one; and the network may change
     * under a dial that waits at the relay, and nobody would tell. The newest dial wins, at the relay and at both ends.
     */
    private static final Patience AGAIN = new Patience(1_000, 3_000);

    private final Transport transport;
    private final LinkMaker maker;
    private final Patience first;
    private final Patience again;

    /**
     * How long a dial may take.
     *
     * @param dialMillis until the connection is there
     * @param millis until the hellos have met
     *     <p><em>Immutable</em>.
     */
    record Patience(int dialMillis, int millis) {}

    public LinkConnector(Transport transport, LinkMaker maker) {
        this(transport, maker, FIRST, AGAIN);
    }

    LinkConnector(Transport transport, LinkMaker maker, Patience first, Patience again) {
        this.transport = transport;
        this.maker = maker;
        this.first = first;
        this.again = again;
    }

    /**
     * Makes a link that lives on the loop. The future succeeds on the loop before the first stream is heard of, or fails with a
     * {@link TunnelException} that says why, within 14 s; cancelling it closes the carrier.
     *
     * <p>The code tells how far it came:
     *
     * <pre>
     * DIAL_FAILED                                   nobody answered: no connection, or it was closed, or silent
     * REFUSED_n                                     something answered that is no relay of this version
     * a {@link JoinRefusal}'s, PAIRING_TIMEOUT             a relay or a link port answered: no
     * LINK_LOST, PROTOCOL_ERROR                     the JOIN was answered well, what came then was not
     * TLS_FAILED, TLS_FILES                         certificates, theirs or ours
     * </pre>
     */
    public Future<Link> dial(EventLoop loop, LinkDoor.Opening opening, LinkInvitation invitation) {
        Promise<Link> outcome = loop.newPromise();
        // Never inside a batch of events: see field note 1 on re-used descriptors.
        Handshake handshake = new FirstHandshake(maker, invitation);
        loop.execute(() -> connect(loop, opening, new HelloExchange(handshake, outcome), first));
        return outcome;
    }

    /**
     * Brings a link on to another carrier; called on its loop. The future succeeds when the hellos have met, whether or not a newer
     * attempt has won meanwhile, and fails as that of {@link #dial}, within 3 s.
     */
    public Future<Link> resume(Link link, LinkDoor.Opening opening) {
        link.loop().assertInLoop();
        EventLoop loop = ((NettyLoop) link.loop()).eventLoop();
        Promise<Link> outcome = loop.newPromise();
        Handshake handshake = new ResumeHandshake(maker, link);
        loop.execute(() -> connect(loop, opening, new HelloExchange(handshake, outcome), again));
        return outcome;
    }

    private void connect(EventLoop loop, LinkDoor.Opening opening, HelloExchange hello, Patience patience) {
        Promise<Link> outcome = hello.outcome();
        Consumer<Channel> shake =
                channel -> channel.pipeline().addLast(new JoinDialler(opening.joinToken(), outcome), hello);
        ChannelFuture connecting;
        if (opening.way() instanceof CarrierWay.Socket way) {
            connecting = connect(loop, way, patience.dialMillis(), channel -> {
                secure(channel, way, outcome);
                shake.accept(channel);
            });
        } else {
            try {
                connecting = call(loop, (CarrierWay.Call) opening.way(), patience.dialMillis(), shake);
            } catch (TunnelException e) {
                outcome.tryFailure(e); // a file of TLS that is of no use
                return;
            }
        }
        connecting.addListener(future -> {
            if (!future.isSuccess()) {
                outcome.tryFailure(new TunnelException(
                        "DIAL_FAILED",
                        "carrier to " + opening + ": " + future.cause().getMessage()));
            }
        });
        guard(loop, connecting.channel(), outcome, opening, patience);
    }

    private ChannelFuture connect(EventLoop loop, CarrierWay.Socket way, int dialMillis, Consumer<Channel> handlers) {
        return new Bootstrap()
                .group(loop)
                .channel(transport.socketChannel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, dialMillis)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .option(ChannelOption.RECVBUF_ALLOCATOR, CarrierReads.allocator())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        handlers.accept(channel);
                    }
                })
                .connect(way.address());
    }

    private ChannelFuture call(EventLoop loop, CarrierWay.Call way, int dialMillis, Consumer<Channel> handlers) {
        CallChannel channel = CallDial.begin(loop, transport, way, dialMillis);
        handlers.accept(channel);
        return loop.register(channel);
    }

    private static void secure(Channel channel, CarrierWay.Socket way, Promise<Link> outcome) {
        if (way.tls().isPresent()) {
            SslHandler tls = way.tls().get().newHandler(channel.alloc(), way.address());
            tls.handshakeFuture().addListener(shaken -> {
                if (!shaken.isSuccess()) {
                    String code = TlsFault.isSilence(shaken.cause()) ? "DIAL_FAILED" : "TLS_FAILED";
                    outcome.tryFailure(new TunnelException(
                            code, "carrier to " + way.address() + ": " + TlsFault.sentence(shaken.cause())));
                }
            });
            channel.pipeline().addLast(tls);
        }
    }

    private static void guard(
            EventLoop loop, Channel channel, Promise<Link> outcome, LinkDoor.Opening opening, Patience patience) {
        Future<?> deadline = loop.schedule(
                () -> outcome.tryFailure(late(channel, opening, patience)), patience.millis(), TimeUnit.MILLISECONDS);
        outcome.addListener(done -> {
            deadline.cancel(false);
            if (!done.isSuccess()) {
                channel.close();
            }
        });
    }

    private static TunnelException late(Channel channel, LinkDoor.Opening opening, Patience patience) {
        String sentence =
                "carrier to " + opening + ": no handshake from the far end within " + patience.millis() + " ms";
        return new TunnelException(JoinDialler.isAnswered(channel) ? "PAIRING_TIMEOUT" : "DIAL_FAILED", sentence);
    }
}
