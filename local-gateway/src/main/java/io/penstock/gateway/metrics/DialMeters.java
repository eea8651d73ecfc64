package io.penstock.gateway.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.relay.DialEvents;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the diallers of local targets report, as meters.
 *
 * <p><em>Thread-safe</em>.
 */
public final class DialMeters implements DialEvents {

    private final Timer time;
    private final Map<ResetCode, Counter> failed = new EnumMap<>(ResetCode.class);
    /** The sum of the diallers' own changes, in one place: each dialler belongs to another loop and cannot be asked. */
    private final LongAdder waiting = new LongAdder();

    public DialMeters(MeterRegistry registry) {
        this.time = Timer.builder(GatewayMeter.DIAL_TIME.meterName())
                .description(GatewayMeter.DIAL_TIME.meaning())
                .register(registry);
        for (ResetCode code : ResetCode.values()) {
            failed.put(code, failedCounter(registry, code));
        }
        Gauge.builder(GatewayMeter.DIAL_QUEUE.meterName(), waiting, LongAdder::sum)
                .description(GatewayMeter.DIAL_QUEUE.meaning())
                .register(registry);
    }

    private static Counter failedCounter(MeterRegistry registry, ResetCode code) {
        return Counter.builder(GatewayMeter.DIALS_FAILED.meterName())
                .description(GatewayMeter.DIALS_FAILED.meaning())
                .tag("code", code.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    /** Streams that wait for their dial to begin. */
    public long waiting() {
        return Math.max(0, waiting.sum());
    }

    @Override
    public void connected(long nanos) {
        time.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void failed(ResetCode code) {
        requireNonNull(failed.get(code)).increment();
    }

    @Override
    public void queued(int change) {
        waiting.add(change);
    }
}
