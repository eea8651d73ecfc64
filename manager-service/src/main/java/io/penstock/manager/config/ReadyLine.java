package io.penstock.manager.config;

import io.penstock.manager.api.grpc.Reachable;
import io.penstock.manager.api.rest.ControlAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/**
 * One line that says where everything listens, once it does.
 *
 * <p><em>Startup only</em>.
 */
final class ReadyLine {
    private static final Logger log = LoggerFactory.getLogger(ReadyLine.class);

    private final ControlAddress control;
    private final Reachable manager;
    private final Environment environment;

    ReadyLine(ControlAddress control, Reachable manager, Environment environment) {
        this.control = control;
        this.manager = manager;
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        log.info(
                "manager ready rest={}:{} control={} relay={} management={}:{}",
                environment.getProperty("server.address"),
                environment.getProperty("local.server.port"),
                control.get(),
                manager.relayAddress().get(),
                environment.getProperty("management.server.address"),
                environment.getProperty("local.management.port"));
    }
}
