package io.penstock.agent.divert;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.penstock.agent.FakeApp;
import io.penstock.agent.FakeGateway;
import io.penstock.agent.capture.Capture;
import io.penstock.agent.capture.CaptureListener;
import io.penstock.agent.capture.LoopCapture;
import io.penstock.agent.route.DivertRule;
import io.penstock.agent.route.FailurePolicy;
import io.penstock.agent.route.LoopRoutes;
import io.penstock.agent.route.Patience;
import io.penstock.agent.route.RouteTable;
import io.penstock.tunnel.carrier.CarrierWay;
import io.penstock.tunnel.carrier.LinkConnector;
import io.penstock.tunnel.carrier.LinkDoor;
import io.penstock.tunnel.carrier.LinkInvitation;
import io.penstock.tunnel.carrier.LinkMaker;
import io.penstock.tunnel.carrier.NettyLoop;
import io.penstock.tunnel.carrier.Transport;
import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkListener;
import io.penstock.tunnel.link.LinkSettings;
import io.penstock.tunnel.link.LinkSide;
import io.penstock.tunnel.metrics.InterceptTally;
import io.penstock.tunnel.relay.DialPolicy;
import io.penstock.tunnel.relay.Dialer;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamListener;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One captured port on one event loop, between callers, an original app, and a gateway with another.
 *
 * <p><em>Thread-safe</em>.
 */
final class DivertTester implements AutoCloseable {

    private static final String SESSION = "s-1";

    final FakeApp original = new FakeApp("original");
    final FakeApp developed = new FakeApp("developed");
    final FakeGateway gateway = new FakeGateway();
    final MemoryBudget budget = new MemoryBudget(16 << 20);
    final ConnectionCounts counts = new ConnectionCounts();
    final InterceptTally tally = new InterceptTally();
    final LoopRoutes routes;
    final int port;

    private final Transport transport = Transport.choose();
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.ioHandlerFactory());
    private final EventLoop loop = group.next();
    private final CaptureListener listener;
    private final List<Link> links = new CopyOnWriteArrayList<>();

    DivertTester() {
        routes = new LoopRoutes(new NettyLoop(loop), Duration.ofMillis(200));
        Dialer app = new Dialer(
                loop, transport.socketChannel(), original.address(), DialPolicy.defaults(), new AppDialCounts());
        Capture capture =
                Capture.parse("127.0.0.1:0=127.0.0.1:" + original.address().getPort());
        InetSocketAddress address = CaptureListener.reserve(capture);
        port = address.getPort();
        CallerRouting routing = new CallerRouting(port, routes, app, new DivertTerms(budget, counts, tally));
        listener = CaptureListener.open(capture, address, transport, List.of(new LoopCapture(loop, routing)));
        gateway.dials(developed.address());
    }

    /** Diverts from now on, by a link to the gateway. */
    Link divert(FailurePolicy policy) throws Exception {
        return divert(Patience.of(policy), Patience.FAIL_OPEN);
    }

    Link divert(Patience onAppRefused, Patience onGatewayLoss) throws Exception {
        LinkId id = LinkId.random(new SecureRandom());
        LinkConnector connector = new LinkConnector(transport, new LinkMaker(LinkSettings.defaults(), budget, tally));
        Link link = connector
                .dial(
                        loop,
                        new LinkDoor.Opening(CarrierWay.plain(gateway.address()), id.toBytes()),
                        new LinkInvitation(id, LinkSide.AGENT, new Ear()))
                .get(10, TimeUnit.SECONDS);
        divertDown(link, onAppRefused, onGatewayLoss);
        return link;
    }

    void divertDown(Link link, FailurePolicy policy) throws Exception {
        divertDown(link, Patience.of(policy), Patience.FAIL_OPEN);
    }

    void divertDown(Link link, Patience onAppRefused, Patience onGatewayLoss) throws Exception {
        links.add(link);
        DivertRule rule = new DivertRule("i-1", SESSION, Set.of(port), onAppRefused, onGatewayLoss);
        tally.countOnly(Set.of("i-1"));
        onLoop(() -> {
            routes.swap(RouteTable.of(List.of(rule)));
            routes.linkUp(SESSION, link);
        });
    }

    NettyLoop loop() {
        return new NettyLoop(loop);
    }

    void onLoop(Runnable task) throws Exception {
        loop.submit(task).get(10, TimeUnit.SECONDS);
    }

    /** Turns the loop until it is true. */
    void eventually(BooleanSupplier condition) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        boolean[] met = {false};
        while (!met[0]) {
            if (System.nanoTime() > until) {
                throw new AssertionError("not true within 10 s");
            }
            loop.schedule(() -> met[0] = condition.getAsBoolean(), 2, TimeUnit.MILLISECONDS)
                    .get(10, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        listener.close();
        gateway.close();
        loop.submit(() -> links.forEach(link ->
                        link.close(CloseCause.ofLink(ResetCode.SHUTDOWN, CloseCause.Initiator.TUNNEL, "test over"))))
                .awaitUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        original.close();
        developed.close();
    }

    /** As the link set's: tells the routes that a link is over. Loop-confined. */
    private final class Ear implements LinkListener {
        @Override
        public StreamListener onStream(Link link, MuxStream stream) {
            throw new AssertionError("gateways open no streams here");
        }

        @Override
        public void onClosed(Link link, CloseCause cause) {
            routes.linkDown(SESSION, link);
        }
    }
}
