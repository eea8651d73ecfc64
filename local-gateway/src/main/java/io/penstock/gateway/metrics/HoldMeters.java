package io.penstock.gateway.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.penstock.gateway.forward.HoldBook;
import io.penstock.gateway.forward.HoldOutcome;
import java.util.Locale;

/**
 * What waits for targets that refuse, as meters, read when scraped.
 *
 * <p><em>Startup only</em>.
 */
public final class HoldMeters {

    private HoldMeters() {}

    public static void bind(MeterRegistry registry, HoldBook holds) {
        Gauge.builder(GatewayMeter.HELD.meterName(), holds, HoldBook::streams)
                .description(GatewayMeter.HELD.meaning())
                .strongReference(true)
                .register(registry);
        Gauge.builder(GatewayMeter.HELD_BYTES.meterName(), holds, HoldBook::bytes)
                .description(GatewayMeter.HELD_BYTES.meaning())
                .baseUnit(GatewayMeter.HELD_BYTES.unit())
                .strongReference(true)
                .register(registry);
        for (HoldOutcome outcome : HoldOutcome.values()) {
            FunctionCounter.builder(GatewayMeter.HOLDS.meterName(), holds, of -> of.count(outcome))
                    .description(GatewayMeter.HOLDS.meaning())
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }
}
