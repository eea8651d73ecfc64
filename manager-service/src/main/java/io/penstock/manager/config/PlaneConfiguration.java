package io.penstock.manager.config;

import io.micrometer.core.instrument.MeterRegistry;
import io.penstock.manager.intercept.InterceptRegistry;
import io.penstock.manager.metrics.ManagerMeters;
import io.penstock.manager.pairing.ReplacementPolicy;
import io.penstock.manager.plane.Attendance;
import io.penstock.manager.plane.ControlLoop;
import io.penstock.manager.plane.ControlPlane;
import io.penstock.manager.plane.PlaneBuilder;
import io.penstock.manager.plane.PlaneSettings;
import io.penstock.manager.plane.PlaneStore;
import io.penstock.manager.security.StartRefused;
import io.penstock.manager.session.LeasePolicy;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Lazy;

/**
 * The control plane and its loop.
 *
 * <p><em>Startup only</em>.
 */
@Configuration(proxyBeanMethods = false)
class PlaneConfiguration {

    /** Ends before the store does. */
    @Bean(destroyMethod = "shutdownNow")
    @DependsOn("planeStore")
    ScheduledExecutorService controlThread() {
        return Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "control-loop");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Bean
    ControlLoop controlLoop(ScheduledExecutorService controlThread, ManagerProperties properties) {
        return new ControlLoop(controlThread, properties.control().callDeadline());
    }

    @Bean
    LeasePolicy leasePolicy(ManagerProperties properties) {
        var lease = properties.lease();
        if (lease.duration().compareTo(lease.reportInterval()) <= 0) {
            throw new StartRefused("penstock.manager.lease.duration: " + lease.duration()
                    + " (expected: longer than the report interval, " + lease.reportInterval() + ")");
        }
        return new LeasePolicy(lease.reportInterval(), lease.duration(), lease.resumeGrace());
    }

    @Bean
    PlaneSettings planeSettings(ManagerProperties properties, LeasePolicy lease) {
        var link = properties.link();
        var limits = properties.limits();
        return new PlaneSettings(
                lease,
                properties.lease().drainGrace(),
                new ReplacementPolicy(link.replaceAfter(), link.replaceAtMost(), link.settledAfter(), link.tokenLife()),
                new InterceptRegistry.Capacity(limits.intercepts(), limits.endedIntercepts()),
                new PlaneSettings.Room(limits.sessions(), limits.agents()),
                properties.control().store().writeDeadline());
    }

    @Bean
    ManagerMeters managerMeters(MeterRegistry registry) {
        return new ManagerMeters(registry);
    }

    @Bean
    PlaneBuilder.Plane plane(PlaneSettings settings, PlaneStore store, ManagerMeters meters) {
        return new PlaneBuilder(settings, InstantSource.system(), store, meters).build(new SecureRandom());
    }

    @Bean
    ControlPlane controlPlane(PlaneBuilder.Plane plane) {
        return plane.people();
    }

    @Bean
    Attendance attendance(PlaneBuilder.Plane plane) {
        return plane.peers();
    }

    @Bean
    @Lazy(false)
    PlaneLifecycle planeLifecycle(ControlLoop loop, ControlPlane plane, ManagerProperties properties) {
        return new PlaneLifecycle(loop, plane, properties.control());
    }
}
