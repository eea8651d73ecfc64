package io.penstock.agent.capture;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.carrier.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * One captured port: a listener for each event loop, so that a connection lives on the loop that accepted it, or one that takes
 * turns where the transport cannot share a port.
 *
 * <p><em>Thread-safe</em>.
 */
public final class CaptureListener implements AutoCloseable {

    private static final int BACKLOG = 4096;

    private final List<Channel> channels;

    private CaptureListener(List<Channel> channels) {
        this.channels = channels;
    }

    /**
     * Finds out whether the address is free, which listeners that share a port would not, and which port a 0 stands for.
     *
     * @throws TunnelException with one sentence when it is not
     */
    public static InetSocketAddress reserve(Capture capture) {
        InetSocketAddress wanted = capture.listen().resolve();
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(wanted);
            return new InetSocketAddress(wanted.getAddress(), probe.getLocalPort());
        } catch (IOException e) {
            throw refused(capture, e);
        }
    }

    /**
     * Listens on an address that {@link #reserve} returned.
     *
     * @throws TunnelException with one sentence when somebody was faster
     */
    public static CaptureListener open(
            Capture capture, InetSocketAddress address, Transport transport, List<LoopCapture> loops) {
        boolean shared = loops.size() > 1 && transport.canReusePort();
        List<Channel> channels = new ArrayList<>();
        for (LoopCapture loop : shared ? loops : loops.subList(0, 1)) {
            CallerAcceptor acceptor = new CallerAcceptor(shared ? List.of(loop) : loops);
            Bootstrap bootstrap = new Bootstrap()
                    .group(loop.eventLoop())
                    .channel(transport.serverChannel())
                    .option(ChannelOption.SO_BACKLOG, BACKLOG)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .handler(acceptor);
            if (shared) {
                transport.reusePort().ifPresent(option -> bootstrap.option(option, true));
            }
            channels.add(bind(capture, bootstrap, address));
        }
        return new CaptureListener(channels);
    }

    private static Channel bind(Capture capture, Bootstrap bootstrap, InetSocketAddress address) {
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw refused(capture, bound.cause());
        }
        return bound.channel();
    }

    private static TunnelException refused(Capture capture, Throwable cause) {
        return new TunnelException(
                "PORT_IN_USE",
                "--capture " + capture + ": cannot listen on port "
                        + capture.listen().port() + ": " + cause.getMessage()
                        + " (expected: an address of this machine with a port that nobody has)");
    }

    /** Stops accepting; connections that were accepted go on. */
    @Override
    public void close() {
        channels.forEach(channel -> channel.close().awaitUninterruptibly());
    }
}
