package io.penstock.tunnel.carrier;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkListener;
import io.penstock.tunnel.link.LinkSettings;
import io.penstock.tunnel.link.LinkSide;
import io.penstock.tunnel.link.TunnelEvents;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A link port on a free port that expects one link, which lives on another loop than the port's. */
final class LinkPortTester implements AutoCloseable, LinkAdmission, LinkListener {
    static final byte[] TOKEN = {7};

    final Queue<JoinRefusal> refusals = new ConcurrentLinkedQueue<>();
    final JoinLobby lobby;
    final LinkPort port;

    private final LinkId id = new LinkId(1, 2);
    private final BlockingQueue<Link> links = new LinkedBlockingQueue<>();
    private final AtomicInteger running = new AtomicInteger();
    private final MultiThreadIoEventLoopGroup loops;
    private volatile EventLoop home;

    LinkPortTester(Transport transport, int maxJoining, Duration patience) {
        loops = new MultiThreadIoEventLoopGroup(2, transport.ioHandlerFactory());
        EventLoop portLoop = loops.next();
        home = loops.next();
        lobby = new JoinLobby(maxJoining);
        LinkMaker maker = new LinkMaker(LinkSettings.defaults(), new MemoryBudget(1 << 20), TunnelEvents.NONE);
        port = LinkPort.open(
                portLoop,
                transport,
                LinkPort.Place.plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                new LinkPortJoins(maker, this, patience),
                lobby);
    }

    EventLoop home() {
        return home;
    }

    /** The link shall live there from now on. */
    void home(EventLoop loop) {
        home = loop;
    }

    TestCarrier dial() throws IOException {
        return new TestCarrier(port.localAddress());
    }

    /** Returns what the far end says first. */
    byte[] hello() {
        ByteBuf hello = Unpooled.buffer(LinkHello.LENGTH);
        new LinkHello(id, LinkSide.GATEWAY, false, 0, 1 << 16).encode(hello);
        return ByteBufUtil.getBytes(hello);
    }

    Link nextLink() throws InterruptedException {
        return requireNonNull(links.poll(30, TimeUnit.SECONDS), "no link within 30 s");
    }

    @Override
    public Optional<Expected> admit(byte[] token) {
        return Arrays.equals(token, TOKEN)
                ? Optional.of(new Expected.First(new LinkInvitation(id, LinkSide.AGENT, this), home))
                : Optional.empty();
    }

    @Override
    public void onLink(Link link) {
        running.incrementAndGet();
        links.add(link);
    }

    @Override
    public void onRefused(JoinRefusal refusal) {
        refusals.add(refusal);
    }

    @Override
    public StreamListener onStream(Link link, MuxStream stream) {
        throw new AssertionError("nobody opens streams here");
    }

    @Override
    public void onClosed(Link link, CloseCause cause) {
        running.decrementAndGet();
    }

    /** Called when the far ends have gone; a loop that ends before it has heard of that leaves the link's bytes behind. */
    @Override
    public void close() {
        RelayTester.await("links are over", () -> running.get() == 0);
        port.close();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
