package io.penstock.agent;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.penstock.tunnel.carrier.JoinRefusal;
import io.penstock.tunnel.carrier.LinkAdmission;
import io.penstock.tunnel.carrier.LinkInvitation;
import io.penstock.tunnel.carrier.LinkMaker;
import io.penstock.tunnel.carrier.LinkPort;
import io.penstock.tunnel.carrier.Transport;
import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkListener;
import io.penstock.tunnel.link.LinkSettings;
import io.penstock.tunnel.link.LinkSide;
import io.penstock.tunnel.link.TunnelEvents;
import io.penstock.tunnel.relay.DialEvents;
import io.penstock.tunnel.relay.DialPolicy;
import io.penstock.tunnel.relay.Dialer;
import io.penstock.tunnel.relay.DialingStream;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamListener;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The far end of links: a port that answers carriers as a relay would (a link's id is its token), and that dials an app for each
 * stream, refuses it, or keeps it waiting.
 *
 * <p><em>Thread-safe</em>.
 */
public final class FakeGateway implements AutoCloseable, LinkListener, LinkAdmission {

    /** A stream that nobody has answered yet, with the bytes that came. Thread-safe. */
    public static final class Unanswered implements StreamListener {
        private final Link link;
        private final MuxStream stream;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Unanswered(Link link, MuxStream stream) {
            this.link = link;
            this.stream = stream;
        }

        public MuxStream stream() {
            return stream;
        }

        public void reset(ResetCode code) {
            link.loop().execute(() -> stream.reset(CloseCause.byTunnel(code, "as scripted")));
        }

        public synchronized int received() {
            return bytes.size();
        }

        @Override
        public void onAccepted() {}

        @Override
        public synchronized void onData(ByteBuf data) {
            byte[] copy = new byte[data.readableBytes()];
            data.readBytes(copy).release();
            bytes.writeBytes(copy);
            notifyAll();
        }

        public synchronized void awaitBytes(int count) throws InterruptedException {
            while (bytes.size() < count) {
                wait(5_000);
            }
        }

        @Override
        public void onWritable() {}

        @Override
        public void onHalfClosed() {}

        @Override
        public void onClosed(CloseCause cause) {}
    }

    private final Transport transport = Transport.NIO;
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.ioHandlerFactory());
    private final EventLoop loop = group.next();
    private final LinkPort port;
    private final BlockingQueue<Unanswered> unanswered = new LinkedBlockingQueue<>();
    private final BlockingQueue<Link> links = new LinkedBlockingQueue<>();
    private final List<Link> all = new CopyOnWriteArrayList<>();
    private volatile @Nullable Dialer dialer;
    private volatile @Nullable ResetCode refusal;

    public FakeGateway() {
        LinkMaker maker = new LinkMaker(LinkSettings.defaults(), new MemoryBudget(64 * 1024 * 1024), TunnelEvents.NONE);
        port = LinkPort.open(
                loop,
                transport,
                LinkPort.Place.plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                maker,
                this);
    }

    /** Each later stream reaches that app. */
    public void dials(InetSocketAddress app) {
        dialer = new Dialer(loop, transport.socketChannel(), app, DialPolicy.defaults(), DialEvents.NONE);
        refusal = null;
    }

    /** Each later stream is reset at once. */
    public void refuses(ResetCode code) {
        refusal = code;
    }

    /** Each later stream waits for the test. */
    public void waits() {
        dialer = null;
        refusal = null;
    }

    public InetSocketAddress address() {
        return port.localAddress();
    }

    public Unanswered nextUnanswered() throws InterruptedException {
        return taken(unanswered.poll(10, TimeUnit.SECONDS), "stream");
    }

    public Link nextLink() throws InterruptedException {
        return taken(links.poll(10, TimeUnit.SECONDS), "link");
    }

    private static <T> T taken(@Nullable T item, String what) {
        if (item == null) {
            throw new AssertionError("no " + what + " came within 10 s");
        }
        return item;
    }

    @Override
    public Optional<Expected> admit(byte[] token) {
        LinkId id = LinkId.of(token);
        return Optional.of(all.stream()
                .filter(link -> link.id().equals(id))
                .findFirst()
                .<Expected>map(Expected.Next::new)
                .orElseGet(() -> new Expected.First(new LinkInvitation(id, LinkSide.GATEWAY, this), loop)));
    }

    @Override
    public void onLink(Link link) {
        if (!all.contains(link)) {
            all.add(link);
            links.add(link);
        }
    }

    @Override
    public void onRefused(JoinRefusal reason) {}

    @Override
    public StreamListener onStream(Link link, MuxStream stream) {
        Dialer to = dialer;
        ResetCode code = refusal;
        if (code == null && to != null) {
            DialingStream dialing = new DialingStream(stream);
            link.loop().execute(() -> dialing.begin(to));
            return dialing;
        }
        Unanswered waiting = new Unanswered(link, stream);
        if (code != null) {
            waiting.reset(code);
        } else {
            unanswered.add(waiting);
        }
        return waiting;
    }

    @Override
    public void onClosed(Link link, CloseCause cause) {}

    @Override
    public void close() {
        if (group.isShuttingDown()) {
            return;
        }
        port.close();
        loop.submit(() -> all.forEach(link ->
                        link.close(CloseCause.ofLink(ResetCode.SHUTDOWN, CloseCause.Initiator.TUNNEL, "test over"))))
                .awaitUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
