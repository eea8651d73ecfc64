package io.penstock.agent.config;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.penstock.agent.control.ControlReadings;
import io.penstock.agent.control.LinkPortRefusals;
import io.penstock.agent.metrics.AgentMeters;
import io.penstock.tunnel.metrics.TunnelMeters;

/**
 * The registry with every meter of the process in it.
 *
 * <p><em>Thread-safe</em>.
 */
final class Metering implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final TunnelMeters tunnel;

    Metering(DataPlane data, ControlReadings control, LinkPortRefusals refusals) {
        this.tunnel = new TunnelMeters(registry, data.terms().budget());
        AgentMeters agent = new AgentMeters(registry);
        agent.bind(data.terms().counts());
        agent.bind(data.dials());
        agent.bind(control);
        agent.bind(refusals);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        gc.bindTo(registry);
    }

    TunnelMeters tunnel() {
        return tunnel;
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
