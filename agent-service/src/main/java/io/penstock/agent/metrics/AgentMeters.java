package io.penstock.agent.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.penstock.agent.control.ControlReadings;
import io.penstock.agent.control.LinkPortRefusals;
import io.penstock.agent.divert.AppDialCounts;
import io.penstock.agent.divert.ConnectionCounts;
import io.penstock.tunnel.carrier.JoinRefusal;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * The agent's counts as meters of one registry, read when it is asked.
 *
 * <p><em>Startup only</em>.
 */
public final class AgentMeters {

    private final MeterRegistry registry;

    public AgentMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    public void bind(ConnectionCounts counts) {
        counter(AgentMeter.ACCEPTED, counts, ConnectionCounts::accepted);
        gauge(AgentMeter.OPEN, counts, ConnectionCounts::open);
        counter(AgentMeter.DIVERTED, counts, ConnectionCounts::diverted);
        counter(AgentMeter.PASSED, counts, ConnectionCounts::passedThrough);
        gauge(AgentMeter.PASSED_OPEN, counts, ConnectionCounts::passedThroughOpen);
        counter(AgentMeter.FAILED_OPEN, counts, ConnectionCounts::failedOpen);
        counter(AgentMeter.REJECTED, counts, ConnectionCounts::rejected);
        counter(AgentMeter.LINK_WAITS, counts, ConnectionCounts::linkWaits);
    }

    public void bind(AppDialCounts dials) {
        gauge(AgentMeter.APP_DIAL_WAITING, dials, AppDialCounts::waiting);
        counter(AgentMeter.APP_UNREACHABLE, dials, AppDialCounts::unreachable);
        FunctionTimer.builder(
                        AgentMeter.APP_DIAL.meterName(),
                        dials,
                        AppDialCounts::dialled,
                        AppDialCounts::dialNanos,
                        TimeUnit.NANOSECONDS)
                .description(AgentMeter.APP_DIAL.meaning())
                .register(registry);
    }

    public void bind(ControlReadings readings) {
        gauge(AgentMeter.MANAGER_ATTACHED, readings, of -> of.isAttached() ? 1 : 0);
        counter(AgentMeter.MANAGER_LOSSES, readings, ControlReadings::attachFailures);
        gauge(AgentMeter.SNAPSHOT_REVISION, readings, ControlReadings::revision);
        counter(AgentMeter.SNAPSHOTS, Tags.of("outcome", "applied"), readings, ControlReadings::snapshotsApplied);
        counter(AgentMeter.SNAPSHOTS, Tags.of("outcome", "ignored"), readings, ControlReadings::snapshotsIgnored);
    }

    public void bind(LinkPortRefusals refusals) {
        for (JoinRefusal refusal : JoinRefusal.values()) {
            counter(
                    AgentMeter.LINK_PORT_REFUSED,
                    Tags.of("reason", refusal.label()),
                    refusals,
                    of -> of.count(refusal));
        }
    }

    private <T> void counter(AgentMeter meter, T of, ToDoubleFunction<T> value) {
        counter(meter, Tags.empty(), of, value);
    }

    private <T> void counter(AgentMeter meter, Tags tags, T of, ToDoubleFunction<T> value) {
        FunctionCounter.builder(meter.meterName(), of, value)
                .description(meter.meaning())
                .tags(tags)
                .register(registry);
    }

    private <T> void gauge(AgentMeter meter, T of, ToDoubleFunction<T> value) {
        Gauge.builder(meter.meterName(), of, value)
                .description(meter.meaning())
                .strongReference(true)
                .register(registry);
    }
}
