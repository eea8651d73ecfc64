package io.penstock.gateway.config;

import io.penstock.gateway.home.LocalToken;
import io.penstock.gateway.home.PenstockHome;
import io.penstock.gateway.home.ServiceState;
import io.penstock.gateway.home.StateFile;
import io.penstock.gateway.intercept.GatewayDeparture;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The service's own life: says where it is once it is ready, and departs before anything it needs is stopped.
 *
 * <p><em>Thread-safe</em>.
 */
@Component
@Lazy(false)
final class ServicePresence implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ServicePresence.class);

    private final StateFile file;
    private final LocalToken token;
    private final StopSwitch stop;
    private final GatewayDeparture departure;
    private final Environment environment;
    private final Duration drainGrace;
    private final AtomicBoolean running = new AtomicBoolean();

    ServicePresence(
            PenstockHome home,
            LocalToken token,
            StopSwitch stop,
            GatewayDeparture departure,
            Environment environment,
            GatewayProperties properties) {
        this.file = new StateFile(home);
        this.token = token;
        this.stop = stop;
        this.departure = departure;
        this.environment = environment;
        this.drainGrace = properties.link().drainGrace();
    }

    @EventListener(ApplicationReadyEvent.class)
    void onReady() {
        int port = environment.getRequiredProperty("local.server.port", Integer.class);
        long pid = ProcessHandle.current().pid();
        file.write(new ServiceState(
                port, token.value(), pid, InstantSource.system().instant()));
        LOG.info("gateway service ready at 127.0.0.1:{}, pid {}", port, pid);
    }

    @Override
    public void start() {
        running.set(true);
    }

    @Override
    public void stop() {
        if (running.compareAndSet(true, false)) {
            file.remove(ProcessHandle.current().pid());
            departure.depart(stop.isHurried() ? Duration.ZERO : drainGrace);
            LOG.info("gateway service stopped");
        }
    }

    @Override
    public boolean isRunning() {
        return running.get();
    }

    /** The first to be stopped: the web server goes on answering while streams drain. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
