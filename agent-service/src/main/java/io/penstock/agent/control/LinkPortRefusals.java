package io.penstock.agent.control;

import static java.util.Objects.requireNonNull;

import io.penstock.tunnel.carrier.JoinRefusal;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many carriers the link port has refused, by reason.
 *
 * <p><em>Thread-safe</em>.
 */
public final class LinkPortRefusals {

    private final Map<JoinRefusal, LongAdder> counts = new EnumMap<>(JoinRefusal.class);

    public LinkPortRefusals() {
        for (JoinRefusal refusal : JoinRefusal.values()) {
            counts.put(refusal, new LongAdder());
        }
    }

    void add(JoinRefusal refusal) {
        requireNonNull(counts.get(refusal)).increment();
    }

    public long count(JoinRefusal refusal) {
        return requireNonNull(counts.get(refusal)).sum();
    }
}
