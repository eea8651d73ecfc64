package io.penstock.manager.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.penstock.manager.intercept.Intercept;
import io.penstock.manager.intercept.InterceptState;
import io.penstock.manager.plane.PlaneEvents;
import io.penstock.manager.plane.PlaneView;
import io.penstock.manager.session.SessionState;
import io.penstock.tunnel.link.LinkSide;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The control plane's meters. Gauges read the newest view when they are scraped; the loop writes it.
 *
 * <p><em>Thread-safe</em>.
 */
public final class ManagerMeters implements PlaneEvents {
    private final MeterRegistry registry;
    private final InterceptMeters intercepts;
    private volatile PlaneView view = PlaneView.EMPTY;
    private volatile int unwritten;

    public ManagerMeters(MeterRegistry registry) {
        this.registry = registry;
        this.intercepts = new InterceptMeters(registry);
        gauge(ManagerMeter.AGENTS_ATTACHED, Tags.empty(), PlaneView::attachedAgents);
        gauge(ManagerMeter.GATEWAYS_ATTACHED, Tags.empty(), PlaneView::attachedGateways);
        gauge(ManagerMeter.LINKS_ASSIGNED, Tags.empty(), PlaneView::links);
        Arrays.stream(SessionState.values()).forEach(this::sessionsIn);
        Arrays.stream(InterceptState.values()).filter(state -> !state.isOver()).forEach(this::interceptsIn);
        FunctionCounter.builder(ManagerMeter.LINKS_REPLACED.meterName(), this, self -> self.view.linksReplaced())
                .description(ManagerMeter.LINKS_REPLACED.meaning())
                .register(registry);
        Gauge.builder(ManagerMeter.STORE_UNWRITTEN.meterName(), this, self -> self.unwritten)
                .description(ManagerMeter.STORE_UNWRITTEN.meaning())
                .register(registry);
    }

    @Override
    public void onTransition(Intercept intercept) {
        var status = intercept.status();
        count(
                ManagerMeter.INTERCEPT_TRANSITIONS,
                Tags.of("state", label(status.state()), "reason", label(status.reason())));
    }

    @Override
    public void onSnapshotSent(LinkSide side) {
        count(ManagerMeter.SNAPSHOTS_SENT, Tags.of("side", label(side)));
    }

    @Override
    public void onReport(LinkSide side) {
        count(ManagerMeter.REPORTS_TAKEN, Tags.of("side", label(side)));
    }

    @Override
    public void onWrite(Outcome outcome) {
        count(ManagerMeter.STORE_WRITES, Tags.of("outcome", label(outcome)));
    }

    @Override
    public void onUnwritten(int things) {
        unwritten = things;
    }

    @Override
    public void onView(PlaneView newest) {
        view = newest;
        intercepts.show(newest.intercepts());
    }

    /** Tag values are the enum's name in small letters. */
    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private void sessionsIn(SessionState state) {
        gauge(
                ManagerMeter.SESSIONS,
                Tags.of("state", label(state)),
                now -> now.sessions().stream()
                        .filter(session -> session.state() == state)
                        .count());
    }

    private void interceptsIn(InterceptState state) {
        gauge(
                ManagerMeter.INTERCEPTS,
                Tags.of("state", label(state)),
                now -> now.intercepts().stream()
                        .filter(each -> each.intercept().state() == state)
                        .count());
    }

    private void gauge(ManagerMeter meter, Tags tags, ToDoubleFunction<PlaneView> read) {
        Gauge.builder(meter.meterName(), this, self -> read.applyAsDouble(self.view))
                .tags(tags)
                .description(meter.meaning())
                .register(registry);
    }

    private void count(ManagerMeter meter, Tags tags) {
        Counter.builder(meter.meterName())
                .tags(tags)
                .description(meter.meaning())
                .register(registry)
                .increment();
    }
}
