package io.penstock.manager.config;

import io.penstock.manager.plane.ControlLoop;
import io.penstock.manager.plane.ControlPlane;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Starts the control plane's ticking before the servers; drains, and then ends the Attach calls, before the servers stop: gRPC would
 * wait for them.
 *
 * <p><em>Startup only</em>.
 */
final class PlaneLifecycle implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(PlaneLifecycle.class);
    private static final Duration VIEW_PERIOD = Duration.ofSeconds(1);

    private final ControlLoop loop;
    private final ControlPlane plane;
    private final ManagerProperties.Control terms;
    private volatile boolean running;

    PlaneLifecycle(ControlLoop loop, ControlPlane plane, ManagerProperties.Control terms) {
        this.loop = loop;
        this.plane = plane;
        this.terms = terms;
    }

    @Override
    public void start() {
        running = true;
        loop.every(terms.tick(), plane::tick);
        loop.every(VIEW_PERIOD, plane::observe);
    }

    /** Comes before the listener that closes Actuator's own context, so that readiness is to be seen false meanwhile. */
    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void drainAndEndCalls(ContextClosedEvent closed) {
        boolean isActuators = closed.getApplicationContext().getParent() != null;
        if (isActuators || !running) {
            return;
        }
        if (!terms.stopGrace().isZero()) {
            drain();
        }
        loop.execute(plane::stop);
    }

    /** Readiness is false by now; calls, REST and the relay go on until this returns. */
    private void drain() {
        var quiet = new CompletableFuture<@Nullable Void>();
        log.info("draining within {} s", terms.stopGrace().toSeconds());
        loop.execute(() -> plane.drain(() -> quiet.complete(null)));
        try {
            quiet.get(terms.stopGrace().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException over) {
            log.warn(
                    "streams run that are not done within {} s; their links wait for the next manager",
                    terms.stopGrace().toSeconds());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a future that is only completed", impossible);
        }
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
