package io.penstock.tunnel.relay;

import static java.util.Objects.requireNonNull;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.penstock.tunnel.carrier.CarrierWay;
import io.penstock.tunnel.carrier.JoinRefusal;
import io.penstock.tunnel.carrier.LinkAdmission;
import io.penstock.tunnel.carrier.LinkConnector;
import io.penstock.tunnel.carrier.LinkDoor;
import io.penstock.tunnel.carrier.LinkInvitation;
import io.penstock.tunnel.carrier.LinkMaker;
import io.penstock.tunnel.carrier.LinkPort;
import io.penstock.tunnel.carrier.Transport;
import io.penstock.tunnel.flow.ByteRate;
import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.frame.StreamTarget;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkListener;
import io.penstock.tunnel.link.LinkSettings;
import io.penstock.tunnel.link.LinkSide;
import io.penstock.tunnel.link.TunnelEvents;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.CloseCause.Initiator;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A capture port, an agent's and a gateway's end of one link over loopback, and the dialler behind them. */
final class LoopbackLink {

    /** Signs of life and acknowledgements of an idle link, which nobody acknowledges at once. */
    static final int UNACKNOWLEDGED_WHEN_IDLE = 2048;

    private final Transport transport = Transport.choose("auto");
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(3, transport.ioHandlerFactory());
    private final EventLoop portLoop = loops.next();
    private final EventLoop agentLoop = loops.next();
    private final EventLoop gatewayLoop = loops.next();
    private final MemoryBudget budget = new MemoryBudget(64 * 1024 * 1024);
    private final LinkMaker maker = new LinkMaker(LinkSettings.defaults(), budget, TunnelEvents.NONE);
    private final LinkId id = new LinkId(1, 2);
    private final CompletableFuture<Link> agentEnd = new CompletableFuture<>();
    private final Link gatewayEnd;
    private final LinkPort port;
    private final Channel capture;
    private volatile Pace pace = Pace.FREE;

    LoopbackLink(int appPort) throws Exception {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        port = LinkPort.open(portLoop, transport, LinkPort.Place.plain(anyPort), maker, new AgentAdmission());
        InetSocketAddress app = new InetSocketAddress(InetAddress.getLoopbackAddress(), appPort);
        Dialer dialer = new Dialer(gatewayLoop, transport.socketChannel(), app, DialPolicy.defaults(), DialEvents.NONE);
        LinkInvitation invitation = new LinkInvitation(id, LinkSide.GATEWAY, new GatewayListener(dialer));
        gatewayEnd = new LinkConnector(transport, maker)
                .dial(
                        gatewayLoop,
                        new LinkDoor.Opening(CarrierWay.plain(port.localAddress()), new byte[] {7}),
                        invitation)
                .get(10, TimeUnit.SECONDS);
        Link agent = agentEnd.get(10, TimeUnit.SECONDS);
        capture = new ServerBootstrap()
                .group(agentLoop)
                .channel(transport.serverChannel())
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel caller) {
                        caller.pipeline().addLast(new DivertOnActive(agent));
                    }
                })
                .bind(anyPort)
                .sync()
                .channel();
    }

    /** How fast the callers' side goes, from the next connection on. */
    void pace(ByteRate rate) {
        pace = bytes -> rate.draw(bytes, System.nanoTime());
    }

    Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), ((InetSocketAddress) capture.localAddress()).getPort());
    }

    long budgetUsed() {
        // The last acknowledgements come at the next tick.
        awaitTrue(() -> budget.used() < UNACKNOWLEDGED_WHEN_IDLE || streams(gatewayEnd) > 0);
        return budget.used();
    }

    void awaitNoStreams() {
        awaitTrue(() -> streams(gatewayEnd) == 0 && streams(agentEnd.join()) == 0);
    }

    private static int streams(Link link) {
        CompletableFuture<Integer> count = new CompletableFuture<>();
        link.loop().execute(() -> count.complete(link.streamCount()));
        return count.join();
    }

    private static void awaitTrue(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    void cut() {
        gatewayLoop.execute(() ->
                gatewayEnd.close(CloseCause.ofLink(ResetCode.SHUTDOWN, Initiator.APPLICATION, "cut by the test")));
    }

    void close() throws Exception {
        capture.close().sync();
        port.close();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }

    private final class DivertOnActive extends ChannelInboundHandlerAdapter {
        private final Link link;

        DivertOnActive(Link link) {
            this.link = link;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            MuxStream stream = requireNonNull(link.open(new StreamTarget("i-1", 8080, ""), new Unheard()), "stream");
            context.pipeline().remove(this);
            new SocketRelay(context.channel(), stream, pace).start();
        }
    }

    private final class AgentAdmission implements LinkAdmission {
        @Override
        public Optional<Expected> admit(byte[] token) {
            return Optional.of(
                    new Expected.First(new LinkInvitation(id, LinkSide.AGENT, new AgentListener()), agentLoop));
        }

        @Override
        public void onLink(Link link) {
            agentEnd.complete(link);
        }

        @Override
        public void onRefused(JoinRefusal refusal) {
            agentEnd.completeExceptionally(new AssertionError(refusal));
        }
    }

    private static final class AgentListener implements LinkListener {
        @Override
        public StreamListener onStream(Link link, MuxStream stream) {
            throw new AssertionError("gateways open no streams here");
        }

        @Override
        public void onClosed(Link link, CloseCause cause) {}
    }

    private record GatewayListener(Dialer dialer) implements LinkListener {
        @Override
        public StreamListener onStream(Link link, MuxStream stream) {
            DialingStream dialing = new DialingStream(stream);
            dialing.begin(dialer);
            return dialing;
        }

        @Override
        public void onClosed(Link link, CloseCause cause) {}
    }

    private static final class Unheard implements StreamListener {
        @Override
        public void onAccepted() {}

        @Override
        public void onData(io.netty.buffer.ByteBuf bytes) {
            throw new AssertionError("the relay listens before any byte can come");
        }

        @Override
        public void onWritable() {}

        @Override
        public void onHalfClosed() {}

        @Override
        public void onClosed(CloseCause cause) {}
    }
}
