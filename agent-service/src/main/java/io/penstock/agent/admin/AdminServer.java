package io.penstock.agent.admin;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.carrier.Transport;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The admin port.
 *
 * <p><em>Thread-safe</em>.
 */
public final class AdminServer implements AutoCloseable {

    private final Channel channel;

    private AdminServer(Channel channel) {
        this.channel = channel;
    }

    /**
     * Listens on every address.
     *
     * @param scrape begins to write the registry's text
     * @throws TunnelException with one sentence when the port cannot be bound
     */
    public static AdminServer open(
            EventLoop loop,
            Transport transport,
            int port,
            AgentHealth health,
            Supplier<CompletionStage<String>> scrape) {
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(transport.serverChannel())
                .childHandler(new AdminConnection(new AdminHandler(health, scrape)))
                .bind(port)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new TunnelException(
                    "PORT_IN_USE",
                    "--admin-port " + port + ": cannot listen: " + bound.cause().getMessage()
                            + " (expected: a port that nobody has, or 0 for any)");
        }
        return new AdminServer(bound.channel());
    }

    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
    }
}
