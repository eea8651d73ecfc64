package io.penstock.manager.config;

import io.penstock.manager.plane.ControlLoop;
import io.penstock.manager.plane.ControlPlane;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the control plane's ticking before the servers, and ends the Attach calls before the servers stop.
 *
 * <p><em>Startup only</em>.
 */
final class PlaneLifecycle implements SmartLifecycle {
    private final ControlLoop loop;
    private final ControlPlane plane;
    private final Duration tick;
    private final Duration view;
    private volatile boolean running;

    PlaneLifecycle(ControlLoop loop, ControlPlane plane, Duration tick, Duration view) {
        this.loop = loop;
        this.plane = plane;
        this.tick = tick;
        this.view = view;
    }

    @Override
    public void start() {
        running = true;
        loop.every(tick, plane::tick);
        loop.every(view, plane::observe);
    }

    @Override
    public void stop() {
        running = false;
        loop.call(() -> {
            plane.stop();
            return true;
        });
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The last to stop is the first to start; the calls must end before gRPC waits for them. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
