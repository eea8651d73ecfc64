package io.penstock.agent.config;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.penstock.agent.capture.Capture;
import io.penstock.agent.capture.CaptureListener;
import io.penstock.agent.capture.LoopCapture;
import io.penstock.agent.divert.AppDialCounts;
import io.penstock.agent.divert.CallerRouting;
import io.penstock.agent.divert.ConnectionCounts;
import io.penstock.agent.divert.DivertTerms;
import io.penstock.agent.route.LoopRoutes;
import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.address.HostPort;
import io.penstock.tunnel.carrier.NettyLoop;
import io.penstock.tunnel.carrier.Transport;
import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.metrics.InterceptTally;
import io.penstock.tunnel.relay.DialPolicy;
import io.penstock.tunnel.relay.Dialer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The event loops of the data plane, with what each of them needs to capture ports.
 *
 * <p><em>Thread-safe</em>.
 */
final class DataPlane implements AutoCloseable {

    /** Without us nobody would bound the callers' dials; this bound only keeps a storm from taking all descriptors. */
    private static final DialPolicy APP_DIALS =
            new DialPolicy(1024, Duration.ofSeconds(3), 100_000, Duration.ofSeconds(30));

    private final Transport transport;
    private final MultiThreadIoEventLoopGroup group;
    private final List<EventLoop> loops = new ArrayList<>();
    private final List<LoopRoutes> routes = new ArrayList<>();
    private final DivertTerms terms;
    private final AppDialCounts dials = new AppDialCounts();
    private final List<CaptureListener> listeners = new ArrayList<>();
    private final Map<Integer, HostPort> captured = new LinkedHashMap<>();

    DataPlane(Transport transport, AgentSettings settings) {
        this.transport = transport;
        int count = settings.resources().loops();
        this.group = new MultiThreadIoEventLoopGroup(
                count, new DefaultThreadFactory("agent-loop"), transport.ioHandlerFactory());
        this.terms = new DivertTerms(
                new MemoryBudget(settings.resources().memoryBudget()), new ConnectionCounts(), new InterceptTally());
        for (int i = 0; i < count; i++) {
            EventLoop loop = group.next();
            loops.add(loop);
            routes.add(
                    new LoopRoutes(new NettyLoop(loop), settings.links().waits().link()));
        }
    }

    /** Listens on the captured port, on every loop. */
    void capture(Capture capture) {
        InetSocketAddress app = capture.app().resolve();
        if (app.isUnresolved()) {
            throw new TunnelException(
                    "UNKNOWN_HOST",
                    "--capture " + capture + ": host " + capture.app().host()
                            + " is unknown (expected: the app's host, such as 127.0.0.1)");
        }
        InetSocketAddress address = CaptureListener.reserve(capture);
        List<LoopCapture> seats = new ArrayList<>();
        for (int i = 0; i < loops.size(); i++) {
            Dialer dialer = new Dialer(loops.get(i), transport.socketChannel(), app, APP_DIALS, dials);
            seats.add(
                    new LoopCapture(loops.get(i), new CallerRouting(address.getPort(), routes.get(i), dialer, terms)));
        }
        listeners.add(CaptureListener.open(capture, address, transport, seats));
        captured.put(address.getPort(), capture.app());
    }

    Transport transport() {
        return transport;
    }

    EventLoop loop(int slot) {
        return loops.get(Math.floorMod(slot, loops.size()));
    }

    List<LoopRoutes> routes() {
        return routes;
    }

    DivertTerms terms() {
        return terms;
    }

    AppDialCounts dials() {
        return dials;
    }

    /** The captured ports as they were bound, each with the app behind it. */
    Map<Integer, HostPort> captured() {
        return captured;
    }

    /** Captured ports are closed; connections go on. */
    void stopAccepting() {
        listeners.forEach(CaptureListener::close);
    }

    /** The loops' clock. */
    long nanoTime() {
        return routes.get(0).loop().nanoTime();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
