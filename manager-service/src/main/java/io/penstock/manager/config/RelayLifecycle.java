package io.penstock.manager.config;

import io.netty.channel.EventLoopGroup;
import io.penstock.manager.metrics.RelayMeters;
import io.penstock.manager.security.StartRefused;
import io.penstock.tunnel.carrier.JoinTokens;
import io.penstock.tunnel.carrier.RelayServer;
import io.penstock.tunnel.carrier.RelaySettings;
import io.penstock.tunnel.carrier.Transport;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the relay before the servers, so that every address that they hand out is bound, and stops it after them.
 *
 * <p><em>Startup only</em>.
 */
final class RelayLifecycle implements SmartLifecycle {
    private static final long LOOPS_END_SECONDS = 5;

    private final RelaySettings settings;
    private final Transport transport;
    private final EventLoopGroup loops;
    private final JoinTokens tokens;
    private final RelayMeters meters;
    private volatile @Nullable RelayServer server;

    RelayLifecycle(
            RelaySettings settings, Transport transport, EventLoopGroup loops, JoinTokens tokens, RelayMeters meters) {
        this.settings = settings;
        this.transport = transport;
        this.loops = loops;
        this.tokens = tokens;
        this.meters = meters;
    }

    @Override
    public void start() {
        try {
            RelayServer started = RelayServer.start(settings, transport, loops, tokens, meters);
            server = started;
            meters.read(new RelayMeters.Gauges(started::pairs, started::waiting, started::joining));
        } catch (UncheckedIOException refused) {
            throw new StartRefused(
                    Objects.requireNonNullElse(refused.getMessage(), "relay: cannot listen")
                            + "; see penstock.manager.relay.port",
                    refused);
        }
    }

    @Override
    public void stop() {
        RelayServer running = server;
        server = null;
        if (running != null) {
            running.closeNow();
        }
        loops.shutdownGracefully(0, LOOPS_END_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }

    @Override
    public int getPhase() {
        return 0;
    }

    /** The relay, while it runs. */
    Optional<RelayServer> server() {
        return Optional.ofNullable(server);
    }

    /** The bound port; only while it runs. */
    int port() {
        RelayServer running = server;
        if (running == null) {
            throw new IllegalStateException("relay: not running (expected: started before the servers)");
        }
        return running.localAddress().getPort();
    }
}
