package io.penstock.gateway.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.penstock.gateway.forward.CarrierKind;
import io.penstock.gateway.intercept.GatewayStatus;
import java.util.List;
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
        for (CarrierKind kind : CarrierKind.values()) {
            register(
                    registry,
                    GatewayMeter.CARRIER,
                    now -> now.links().carrier().equals(kind.word()) ? 1 : 0,
                    Tag.of("carrier", kind.word()));
        }
    }

    private void register(
            MeterRegistry registry, GatewayMeter meter, ToDoubleFunction<GatewayStatus> value, Tag... tags) {
        Gauge.builder(meter.meterName(), this, me -> value.applyAsDouble(me.status.get()))
                .description(meter.meaning())
                .tags(List.of(tags))
                .strongReference(true)
                .register(registry);
    }
}
