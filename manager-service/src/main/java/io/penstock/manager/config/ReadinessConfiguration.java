package io.penstock.manager.config;

import io.penstock.manager.api.grpc.Reachable;
import io.penstock.manager.api.rest.ControlAddress;
import io.penstock.manager.plane.ControlLoop;
import io.penstock.manager.refusal.Refusal;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

/**
 * What must be so before the manager says that it is ready.
 *
 * <p><em>Startup only</em>.
 */
@Configuration(proxyBeanMethods = false)
class ReadinessConfiguration {

    @Bean
    @Lazy(false)
    ReadyLine readyLine(ControlAddress control, Reachable manager, Environment environment) {
        return new ReadyLine(control, manager, environment);
    }

    @Bean
    HealthIndicator controlLoopHealthIndicator(ControlLoop loop) {
        return () -> {
            try {
                loop.call(() -> true);
                return Health.up().build();
            } catch (Refusal busy) {
                return Health.down().withDetail("reason", busy.detail()).build();
            }
        };
    }

    @Bean
    HealthIndicator relayHealthIndicator(RelayLifecycle relay) {
        return () -> relay.isRunning()
                ? Health.up().withDetail("port", relay.port()).build()
                : Health.down().build();
    }

    @Bean
    HealthIndicator grpcServerHealthIndicator(ObjectProvider<GrpcServerLifecycle> server) {
        return () -> {
            GrpcServerLifecycle grpc = server.getObject();
            return grpc.isRunning()
                    ? Health.up().withDetail("port", grpc.getPort()).build()
                    : Health.down().build();
        };
    }
}
