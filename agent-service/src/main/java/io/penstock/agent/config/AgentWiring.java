package io.penstock.agent.config;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.penstock.agent.admin.AdminServer;
import io.penstock.agent.admin.AgentHealth;
import io.penstock.agent.config.ControlPlane.Observers;
import io.penstock.agent.control.ControlReadings;
import io.penstock.agent.control.LinkPortRefusals;
import io.penstock.agent.control.Restoration;
import io.penstock.tunnel.address.HostPort;
import io.penstock.tunnel.carrier.NettyLoop;
import io.penstock.tunnel.carrier.Transport;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent, wired and running. What callers need comes first: the captured ports, then health, then metrics and the manager, whose
 * libraries take longest to load.
 *
 * <p><em>Thread-safe</em>.
 */
public final class AgentWiring implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AgentWiring.class);
    private static final long DRAIN_LOOK_MILLIS = 20;

    private final AgentSettings settings;
    private final DataPlane data;
    private final MultiThreadIoEventLoopGroup control;
    private final ControlReadings readings = new ControlReadings();
    private final AgentHealth health = new AgentHealth(readings);
    private final Scrapes scrapes = new Scrapes();
    private final Restoration restoration;
    private final AdminServer admin;
    private @Nullable Metering metering;
    private @Nullable ControlPlane controlPlane;

    private AgentWiring(AgentSettings settings, Transport transport) {
        this.settings = settings;
        this.data = new DataPlane(transport, settings);
        this.control = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("agent-control"), transport.ioHandlerFactory());
        this.restoration = new Restoration(
                new NettyLoop(control.next()), settings.links().waits().ready(), health::ready);
        try {
            settings.captures().forEach(data::capture);
            this.admin = AdminServer.open(control.next(), transport, settings.adminPort(), health, scrapes);
        } catch (RuntimeException e) {
            closeLoops();
            throw e;
        }
    }

    /**
     * Starts an agent. It takes traffic when this returns, whether a manager answers or not; it says that it is ready a moment later.
     *
     * @throws io.penstock.tunnel.TunnelException with one sentence when a port cannot be bound
     */
    public static AgentWiring start(AgentSettings settings) {
        AgentWiring agent = new AgentWiring(settings, Transport.choose());
        agent.restoration.begin();
        log.info(
                "listening: workload {}, captured {}, health and metrics on port {}",
                settings.workload(),
                agent.captured(),
                agent.adminPort());
        agent.arrive();
        return agent;
    }

    private void arrive() {
        LinkPortRefusals refusals = new LinkPortRefusals();
        Metering meters = new Metering(data, readings, refusals);
        metering = meters;
        scrapes.from(meters.registry()::scrape);
        controlPlane =
                new ControlPlane(settings, data, control, new Observers(readings, restoration, refusals, meters));
        controlPlane.start();
    }

    /** The captured ports as they were bound, each with the app behind it. */
    public Map<Integer, HostPort> captured() {
        return data.captured();
    }

    public int adminPort() {
        return admin.port();
    }

    /** Stops accepting, lets what is open finish within the drain grace, and completes when nothing is open or the grace is over. */
    public CompletableFuture<Boolean> drain() {
        log.info("stopping: draining within {}", settings.links().waits().drain());
        health.stopping();
        data.stopAccepting();
        if (controlPlane != null) {
            controlPlane.leave();
        }
        CompletableFuture<Boolean> drained = new CompletableFuture<>();
        lookIfDrained(
                drained,
                control.next(),
                Duration.ofNanos(data.nanoTime()).plus(settings.links().waits().drain()));
        return drained;
    }

    private void lookIfDrained(CompletableFuture<Boolean> drained, EventLoop loop, Duration until) {
        long open = data.terms().counts().open();
        boolean over = open == 0 && (controlPlane == null || controlPlane.isOver());
        boolean late = data.nanoTime() >= until.toNanos();
        if (over || late) {
            log.info("stopped: {} connections were still open", open);
            drained.complete(over);
        } else {
            loop.schedule(() -> lookIfDrained(drained, loop, until), DRAIN_LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Ends everything at once; after {@link #drain} that is nothing. */
    @Override
    public void close() {
        data.stopAccepting();
        admin.close();
        if (controlPlane != null) {
            controlPlane.close();
        }
        closeLoops();
        scrapes.close();
        if (metering != null) {
            metering.close();
        }
    }

    private void closeLoops() {
        data.close();
        control.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
