package io.penstock.manager.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.penstock.manager.intercept.StreamCounts;
import io.penstock.manager.plane.InterceptView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The series of each intercept, made when it appears and removed when it has ended. Their tags are names that people chose,
 * so there are as many as intercepts may run and no more; codes come from a closed list.
 *
 * <p><em>Loop-confined</em>, apart from the values, which a scrape reads.
 */
final class InterceptMeters {
    private final MeterRegistry registry;
    private final Map<Key, Series> series = new HashMap<>();

    /** What makes two series one: a draining intercept and its successor may share both names. */
    private record Key(String workload, String intercept) {
        Tags tags() {
            return Tags.of("workload", workload, "intercept", intercept);
        }
    }

    /** The meters of one key, and the views that they read. */
    private static final class Series {
        private final Set<String> codes = new HashSet<>();
        private final List<Meter> meters = new ArrayList<>();
        private volatile List<InterceptView> views = List.of();

        double sum(ToDoubleFunction<InterceptView> read) {
            return views.stream().mapToDouble(read).sum();
        }

        double most(ToDoubleFunction<InterceptView> read) {
            return views.stream().mapToDouble(read).max().orElse(0);
        }
    }

    InterceptMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void show(List<InterceptView> views) {
        Map<Key, List<InterceptView>> byKey = new HashMap<>();
        for (InterceptView view : views) {
            var spec = view.intercept().spec();
            byKey.computeIfAbsent(new Key(spec.workload().toString(), spec.name()), key -> new ArrayList<>())
                    .add(view);
        }
        Set.copyOf(series.keySet()).stream()
                .filter(key -> !byKey.containsKey(key))
                .forEach(this::remove);
        byKey.forEach((key, group) -> {
            Series shown = series.computeIfAbsent(key, this::register);
            shown.views = List.copyOf(group);
            group.forEach(view -> registerCodes(key, shown, view.counts()));
        });
    }

    private Series register(Key key) {
        var made = new Series();
        gauge(
                made,
                ManagerMeter.STREAMS_OPEN,
                key,
                self -> self.sum(view -> view.counts().open()));
        gauge(made, ManagerMeter.LINK_SATURATION, key, self -> self.most(InterceptView::saturation));
        counter(
                made,
                ManagerMeter.STREAMS_OPENED,
                key.tags(),
                view -> view.counts().opened());
        counter(
                made,
                ManagerMeter.CONNECTIONS_FAILED_OPEN,
                key.tags(),
                view -> bytes(view).failedOpen());
        counter(
                made,
                ManagerMeter.STREAM_BYTES,
                key.tags().and("direction", "to_app"),
                view -> bytes(view).toApp());
        counter(
                made,
                ManagerMeter.STREAM_BYTES,
                key.tags().and("direction", "from_app"),
                view -> bytes(view).fromApp());
        return made;
    }

    private static StreamCounts.Bytes bytes(InterceptView view) {
        return view.counts().bytes();
    }

    private void registerCodes(Key key, Series shown, StreamCounts counts) {
        for (String code : counts.closed().keySet()) {
            if (shown.codes.add("closed " + code)) {
                counter(
                        shown,
                        ManagerMeter.STREAMS_CLOSED,
                        key.tags().and("code", code.toLowerCase(Locale.ROOT)),
                        view -> view.counts().closed().getOrDefault(code, 0L));
            }
        }
        for (String code : counts.refused().keySet()) {
            if (shown.codes.add("refused " + code)) {
                counter(
                        shown,
                        ManagerMeter.STREAMS_REFUSED,
                        key.tags().and("code", code.toLowerCase(Locale.ROOT)),
                        view -> view.counts().refused().getOrDefault(code, 0L));
            }
        }
    }

    private void gauge(Series owner, ManagerMeter meter, Key key, ToDoubleFunction<Series> read) {
        owner.meters.add(Gauge.builder(meter.meterName(), owner, read)
                .tags(key.tags())
                .description(meter.meaning())
                .register(registry));
    }

    private void counter(Series owner, ManagerMeter meter, Tags tags, ToDoubleFunction<InterceptView> read) {
        owner.meters.add(FunctionCounter.builder(meter.meterName(), owner, self -> self.sum(read))
                .tags(tags)
                .baseUnit(meter.unit().isEmpty() ? null : meter.unit())
                .description(meter.meaning())
                .register(registry));
    }

    private void remove(Key key) {
        Series gone = series.remove(key);
        if (gone != null) {
            gone.meters.forEach(registry::remove);
        }
    }
}
