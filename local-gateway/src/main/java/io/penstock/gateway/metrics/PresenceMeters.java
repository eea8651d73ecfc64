package io.penstock.gateway.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.penstock.gateway.intercept.GatewayStatus;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The gateway's place in the world as gauges, read when scraped.
 *
 * <p><em>Thread-safe</em>.
 */
public final class PresenceMeters {

    private final Supplier<GatewayStatus> status;

    public PresenceMeters(MeterRegistry registry, Supplier<GatewayStatus> status) {
        this.status = status;
        register(registry, GatewayMeter.INTERCEPTS, now -> now.intercepts());
        register(
                registry,
                GatewayMeter.LINKS_MISSING,
                now -> now.links().listed() - now.links().open());
        register(registry, GatewayMeter.ATTACHED, now -> now.isAttached() ? 1 : 0);
    }

    private void register(MeterRegistry registry, GatewayMeter meter, ToDoubleFunction<GatewayStatus> value) {
        Gauge.builder(meter.meterName(), this, me -> value.applyAsDouble(me.status.get()))
                .description(meter.meaning())
                .strongReference(true)
                .register(registry);
    }
}
