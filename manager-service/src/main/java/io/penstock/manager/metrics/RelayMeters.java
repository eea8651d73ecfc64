package io.penstock.manager.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.penstock.tunnel.carrier.JoinRefusal;
import io.penstock.tunnel.carrier.RelayEvents;
import io.penstock.tunnel.link.LinkSide;
import io.penstock.tunnel.tls.TlsReloads;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;

/**
 * The relay's meters.
 *
 * <p><em>Thread-safe</em>.
 */
public final class RelayMeters implements RelayEvents {
    private final Map<JoinRefusal, Counter> refused = new EnumMap<>(JoinRefusal.class);
    private final LongAdder fromAgents = new LongAdder();
    private final LongAdder fromGateways = new LongAdder();
    private final MeterRegistry registry;
    private final TlsReloads tlsReloads = new TlsReloads();
    private final Counter paired;
    private volatile Gauges gauges = new Gauges(() -> 0, () -> 0, () -> 0);

    /** What is read from the relay when a gauge is scraped. */
    public record Gauges(IntSupplier pairs, IntSupplier waiting, IntSupplier joining) {}

    public RelayMeters(MeterRegistry registry) {
        this.registry = registry;
        reloads("taken", tlsReloads, TlsReloads::taken);
        reloads("failed", tlsReloads, TlsReloads::failed);
        gauge(registry, ManagerMeter.RELAY_PAIRS, () -> gauges.pairs().getAsInt());
        gauge(registry, ManagerMeter.RELAY_WAITING, () -> gauges.waiting().getAsInt());
        gauge(registry, ManagerMeter.RELAY_JOINING, () -> gauges.joining().getAsInt());
        paired = counter(registry, ManagerMeter.RELAY_PAIRED, Tags.empty());
        Arrays.stream(JoinRefusal.values())
                .forEach(each -> refused.put(
                        each, counter(registry, ManagerMeter.RELAY_REFUSED, Tags.of("code", each.label()))));
        bytes(registry, LinkSide.AGENT, fromAgents);
        bytes(registry, LinkSide.GATEWAY, fromGateways);
    }

    /** Where the relay counts changes of its TLS files. */
    public TlsReloads tlsReloads() {
        return tlsReloads;
    }

    private void reloads(String outcome, TlsReloads reloads, ToDoubleFunction<TlsReloads> count) {
        FunctionCounter.builder(ManagerMeter.TLS_RELOADS.meterName(), reloads, count)
                .tags("outcome", outcome)
                .description(ManagerMeter.TLS_RELOADS.meaning())
                .register(registry);
    }

    /** From now on the gauges read these. */
    public void read(Gauges source) {
        gauges = source;
    }

    @Override
    public void refused(JoinRefusal refusal) {
        Counter counter = refused.get(refusal);
        if (counter != null) {
            counter.increment();
        }
    }

    @Override
    public void paired() {
        paired.increment();
    }

    @Override
    public void moved(LinkSide from, long bytes) {
        (from == LinkSide.AGENT ? fromAgents : fromGateways).add(bytes);
    }

    private static void gauge(MeterRegistry registry, ManagerMeter meter, IntSupplier read) {
        Gauge.builder(meter.meterName(), read, IntSupplier::getAsInt)
                .description(meter.meaning())
                .strongReference(true)
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, ManagerMeter meter, Tags tags) {
        return Counter.builder(meter.meterName())
                .tags(tags)
                .description(meter.meaning())
                .register(registry);
    }

    private static void bytes(MeterRegistry registry, LinkSide from, LongAdder sum) {
        FunctionCounter.builder(ManagerMeter.RELAY_BYTES.meterName(), sum, LongAdder::doubleValue)
                .tags("from", ManagerMeters.label(from))
                .baseUnit(ManagerMeter.RELAY_BYTES.unit())
                .description(ManagerMeter.RELAY_BYTES.meaning())
                .register(registry);
    }
}
