package io.penstock.tunnel.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/**
 * The meters of what is under the links: how carriers answer, are lost and are replaced.
 *
 * <p><em>Thread-safe</em>.
 */
final class CarrierMeters {

    private final Counter lost;
    private final Timer without;
    private final Timer roundTrip;

    CarrierMeters(MeterRegistry registry) {
        TunnelMeter meter = TunnelMeter.CARRIERS_LOST;
        this.lost =
                Counter.builder(meter.meterName()).description(meter.meaning()).register(registry);
        this.without = timer(registry, TunnelMeter.WITHOUT_CARRIER);
        this.roundTrip = timer(registry, TunnelMeter.ROUND_TRIP);
    }

    private static Timer timer(MeterRegistry registry, TunnelMeter meter) {
        return Timer.builder(meter.meterName()).description(meter.meaning()).register(registry);
    }

    void lost() {
        lost.increment();
    }

    void resumed(long nanos) {
        without.record(nanos, TimeUnit.NANOSECONDS);
    }

    void roundTrip(long nanos) {
        roundTrip.record(nanos, TimeUnit.NANOSECONDS);
    }
}
