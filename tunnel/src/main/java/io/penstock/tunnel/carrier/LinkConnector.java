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
import java.time.Duration;
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

    /** Dial, pairing at the relay (10 s there), and the hello. */
    private static final Duration DEADLINE = Duration.ofSeconds(14);

    private static final int DIAL_MILLIS = 3_000;

    /** Shorter: a packet that is lost on a broken network is sent again by the next dial, not by this one. */
    private static final int REDIAL_MILLIS = 1_000;

    private final Transport transport;
    private final LinkMaker maker;

    public LinkConnector(Transport transport, LinkMaker maker) {
        this.transport = transport;
        this.maker = maker;
    }

    /**
     * Makes a link that lives on the loop. The future succeeds on the loop before the first stream is heard of, or fails with a
     * {@link TunnelException} that says why, within 14 s; cancelling it closes the carrier.
     */
    public Future<Link> dial(EventLoop loop, LinkDoor.Opening opening, LinkInvitation invitation) {
        Promise<Link> outcome = loop.newPromise();
        // Never inside a batch of events: see field note 1 on re-used descriptors.
        Handshake handshake = new FirstHandshake(maker, invitation);
        loop.execute(() -> connect(loop, opening, new HelloExchange(handshake, outcome), DIAL_MILLIS));
        return outcome;
    }

    /**
     * Brings a link on to another carrier; called on its loop. The future succeeds when the hellos have met, whether or not a newer
     * attempt has won meanwhile, and fails as that of {@link #dial}.
     */
    public Future<Link> resume(Link link, LinkDoor.Opening opening) {
        link.loop().assertInLoop();
        EventLoop loop = ((NettyLoop) link.loop()).eventLoop();
        Promise<Link> outcome = loop.newPromise();
        Handshake handshake = new ResumeHandshake(maker, link);
        loop.execute(() -> connect(loop, opening, new HelloExchange(handshake, outcome), REDIAL_MILLIS));
        return outcome;
    }

    private void connect(EventLoop loop, LinkDoor.Opening opening, HelloExchange hello, int dialMillis) {
        Promise<Link> outcome = hello.outcome();
        Consumer<Channel> shake =
                channel -> channel.pipeline().addLast(new JoinDialler(opening.joinToken(), outcome), hello);
        ChannelFuture connecting;
        if (opening.way() instanceof CarrierWay.Socket way) {
            connecting = connect(loop, way, dialMillis, channel -> {
                secure(channel, way, outcome);
                shake.accept(channel);
            });
        } else {
            try {
                connecting = call(loop, (CarrierWay.Call) opening.way(), dialMillis, shake);
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
        guard(loop, connecting.channel(), outcome);
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
                    outcome.tryFailure(new TunnelException(
                            "TLS_FAILED", "carrier to " + way.address() + ": " + TlsFault.sentence(shaken.cause())));
                }
            });
            channel.pipeline().addLast(tls);
        }
    }

    private static void guard(EventLoop loop, Channel channel, Promise<Link> outcome) {
        Future<?> deadline = loop.schedule(
                () -> outcome.tryFailure(new TunnelException(
                        "PAIRING_TIMEOUT", "no handshake from the far end within " + DEADLINE.toSeconds() + " s")),
                DEADLINE.toSeconds(),
                TimeUnit.SECONDS);
        outcome.addListener(done -> {
            deadline.cancel(false);
            if (!done.isSuccess()) {
                channel.close();
            }
        });
    }
}
