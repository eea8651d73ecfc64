package io.penstock.manager.config;

import io.penstock.manager.plane.ControlLoop;
import io.penstock.manager.plane.ControlPlane;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/**
 * Starts the control plane's ticking before the servers, and ends the Attach calls before the servers stop: gRPC would wait
 * for them.
 *
 * <p><em>Startup only</em>.
 */
final class PlaneLifecycle implements SmartLifecycle {
    private static final Duration VIEW_PERIOD = Duration.ofSeconds(1);

    private final ControlLoop loop;
    private final ControlPlane plane;
    private final Duration tick;
    private volatile boolean running;

    PlaneLifecycle(ControlLoop loop, ControlPlane plane, Duration tick) {
        this.loop = loop;
        this.plane = plane;
        this.tick = tick;
    }

    @Override
    public void start() {
        running = true;
        loop.every(tick, plane::tick);
        loop.every(VIEW_PERIOD, plane::observe);
    }

    @EventListener(ContextClosedEvent.class)
    void endCalls() {
        loop.execute(plane::stop);
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
