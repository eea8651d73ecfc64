package io.penstock.system.stage;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.penstock.bench.config.Deadline;
import io.penstock.tunnel.carrier.Transport;
import io.penstock.tunnel.testkit.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The network that carriers go through, with the loop that it runs on. Thread-safe. */
public final class FaultyNetwork implements AutoCloseable {
    /** A port at which nobody listens. */
    private static final InetSocketAddress NOWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    private final MultiThreadIoEventLoopGroup loops;
    private final FaultProxy proxy;
    /** Takes connections and never says anything. */
    private final ServerSocket hole;

    private volatile InetSocketAddress relay = NOWHERE;

    FaultyNetwork() {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** A network that begins there, and leads nowhere yet. */
    public FaultyNetwork(InetSocketAddress entrance) {
        Transport transport = Transport.choose();
        loops = new MultiThreadIoEventLoopGroup(1, transport.ioHandlerFactory());
        proxy = new FaultProxy(loops, transport, entrance);
        try {
            hole = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String address() {
        return "127.0.0.1:" + proxy.address().getPort();
    }

    public void leadsTo(String hostPort) {
        int port = Integer.parseInt(hostPort.substring(hostPort.lastIndexOf(':') + 1));
        relay = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        proxy.to(relay);
    }

    /** Cuts every carrier and lets none through, until {@link #repair}; returns how many were cut. */
    public int breakDown() {
        proxy.to(NOWHERE);
        return proxy.cut();
    }

    /** Lets carriers through again. */
    public void repair() {
        proxy.to(relay);
    }

    /** Cuts every carrier that many times, at this pace; returns how many carriers that were in all. */
    public int cut(int times, Duration pace) {
        int carriers = 0;
        for (int i = 0; i < times; i++) {
            Deadline.in(pace).elapse();
            carriers += proxy.cut();
        }
        return carriers;
    }

    /** Lets every carrier stand and carry nothing; returns how many these are. */
    public int vanish() {
        return proxy.vanish();
    }

    /** Lets every carrier, and whatever comes until {@link #repair}, stand and carry nothing; returns how many stood. */
    public int swallow() {
        proxy.to((InetSocketAddress) hole.getLocalSocketAddress());
        return proxy.vanish();
    }

    @Override
    public void close() throws IOException {
        hole.close();
        proxy.close();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
