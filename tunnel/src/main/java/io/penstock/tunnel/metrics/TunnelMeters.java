package io.penstock.tunnel.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkStats;
import io.penstock.tunnel.link.TunnelEvents;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.CloseCause.Initiator;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.tls.TlsReloads;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The tunnel's events as meters of one registry. Counters count events; gauges are read from the links when asked.
 *
 * <p><em>Thread-safe</em>.
 */
public final class TunnelMeters implements TunnelEvents {

    private final MeterRegistry registry;
    private final Map<Link, Gauge> links = new ConcurrentHashMap<>();
    private final LinkReadings readings;
    private final Counter opened;
    private final Counter sent;
    private final Counter received;
    private final Counter starved;
    private final CarrierMeters carriers;
    private final TlsReloads tlsReloads = new TlsReloads();
    private final Map<Integer, Link> numbers = new ConcurrentHashMap<>();
    /** Made at the start, so that the first event of a code is not lost to a rate, and a close costs no look-up. */
    private final Map<ResetCode, Map<Initiator, Counter>> closed = new EnumMap<>(ResetCode.class);

    public TunnelMeters(MeterRegistry registry, MemoryBudget budget) {
        this.registry = registry;
        this.readings = new LinkReadings(links.keySet(), registry.config().clock(), LinkReadings.PATIENCE);
        this.opened = counter(TunnelMeter.STREAMS_OPENED, Tags.empty());
        this.sent = counter(TunnelMeter.BYTES, Tags.of("direction", "sent"));
        this.received = counter(TunnelMeter.BYTES, Tags.of("direction", "received"));
        this.starved = counter(TunnelMeter.STARVED, Tags.empty());
        this.carriers = new CarrierMeters(registry);
        registerSums();
        registerBudget(budget);
        registerCodes();
        tlsReloads("taken", tlsReloads, TlsReloads::taken);
        tlsReloads("failed", tlsReloads, TlsReloads::failed);
    }

    /** Where those who read TLS files count their changes. */
    public TlsReloads tlsReloads() {
        return tlsReloads;
    }

    private void tlsReloads(String outcome, TlsReloads reloads, ToDoubleFunction<TlsReloads> count) {
        FunctionCounter.builder(TunnelMeter.TLS_RELOADS.meterName(), reloads, count)
                .description(TunnelMeter.TLS_RELOADS.meaning())
                .tags("outcome", outcome)
                .register(registry);
    }

    private void registerSums() {
        sum(TunnelMeter.STREAMS_OPEN, LinkStats::streams);
        sum(TunnelMeter.CREDIT, LinkStats::creditBytes);
        sum(TunnelMeter.WINDOW, LinkStats::windowBytes);
        sum(TunnelMeter.LINK_UNACKNOWLEDGED, LinkStats::unacknowledgedBytes);
        sum(TunnelMeter.QUEUED, LinkStats::queuedBytes);
        sum(TunnelMeter.BUFFERED, LinkStats::bufferedBytes);
        gauge(TunnelMeter.LINKS_OPEN, links, Map::size);
    }

    private void registerBudget(MemoryBudget budget) {
        gauge(TunnelMeter.BUDGET_USED, budget, MemoryBudget::used);
        gauge(TunnelMeter.BUDGET_LIMIT, budget, MemoryBudget::limit);
        gauge(TunnelMeter.BUDGET_PEAK, budget, MemoryBudget::peak);
    }

    private void registerCodes() {
        for (ResetCode code : ResetCode.values()) {
            refused(code);
            linksClosed(code);
            Map<Initiator, Counter> byInitiator = new EnumMap<>(Initiator.class);
            for (Initiator initiator : Initiator.values()) {
                byInitiator.put(initiator, closed(code, initiator));
            }
            closed.put(code, byInitiator);
        }
    }

    private void sum(TunnelMeter meter, ToDoubleFunction<LinkStats> value) {
        gauge(meter, readings, all -> all.sum(value));
    }

    private <T> void gauge(TunnelMeter meter, T of, ToDoubleFunction<T> value) {
        Gauge.builder(meter.meterName(), of, value)
                .description(meter.meaning())
                .baseUnit(unit(meter))
                .strongReference(true)
                .register(registry);
    }

    private Counter counter(TunnelMeter meter, Tags tags) {
        return Counter.builder(meter.meterName())
                .description(meter.meaning())
                .baseUnit(unit(meter))
                .tags(tags)
                .register(registry);
    }

    /** None rather than an empty one, which would leave its mark in the name. */
    private static @Nullable String unit(TunnelMeter meter) {
        return meter.unit().isEmpty() ? null : meter.unit();
    }

    private Counter closed(ResetCode code, Initiator initiator) {
        return counter(TunnelMeter.STREAMS_CLOSED, Tags.of("code", label(code), "initiator", label(initiator)));
    }

    private Counter refused(ResetCode code) {
        return counter(TunnelMeter.STREAMS_REFUSED, Tags.of("code", label(code)));
    }

    private Counter linksClosed(ResetCode code) {
        return counter(TunnelMeter.LINKS_CLOSED, Tags.of("code", label(code)));
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void streamOpened(MuxStream stream) {
        opened.increment();
    }

    @Override
    public void streamClosed(MuxStream stream, CloseCause cause) {
        requireNonNull(requireNonNull(closed.get(cause.code())).get(cause.initiator()))
                .increment();
    }

    @Override
    public void streamRefused(ResetCode code) {
        refused(code).increment();
    }

    @Override
    public void bytesSent(MuxStream stream, int bytes) {
        sent.increment(bytes);
    }

    @Override
    public void bytesReceived(MuxStream stream, int bytes) {
        received.increment(bytes);
    }

    @Override
    public void starved(MuxStream stream, long nanos) {
        starved.increment(nanos / 1e9);
    }

    @Override
    public void roundTrip(long nanos) {
        carriers.roundTrip(nanos);
    }

    @Override
    public void linkOpened(Link link) {
        int number = 0;
        while (numbers.putIfAbsent(number, link) != null) {
            number++;
        }
        links.put(link, saturation(link, number));
    }

    private Gauge saturation(Link link, int number) {
        TunnelMeter meter = TunnelMeter.LINK_SATURATION;
        return Gauge.builder(meter.meterName(), link, of -> readings.of(of).saturation())
                .description(meter.meaning())
                .tag("link", Integer.toString(number))
                .register(registry);
    }

    @Override
    public void linkSuspended(Link link, String why) {
        carriers.lost();
    }

    @Override
    public void linkResumed(Link link, long nanos) {
        carriers.resumed(nanos);
    }

    @Override
    public void linkClosed(Link link, CloseCause cause) {
        Gauge gauge = links.remove(link);
        if (gauge != null) {
            registry.remove(gauge);
        }
        numbers.values().remove(link);
        linksClosed(cause.code()).increment();
    }
}
