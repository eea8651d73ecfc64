package io.penstock.tunnel.carrier;

import io.penstock.tunnel.link.LinkSide;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what the relay tells. */
final class RecordedEvents implements RelayEvents {
    final Queue<JoinRefusal> refusals = new ConcurrentLinkedQueue<>();
    final AtomicInteger paired = new AtomicInteger();
    final AtomicInteger unpaired = new AtomicInteger();
    private final Map<LinkSide, AtomicLong> moved = new ConcurrentHashMap<>();

    @Override
    public void refused(JoinRefusal refusal) {
        refusals.add(refusal);
    }

    @Override
    public void paired() {
        paired.incrementAndGet();
    }

    @Override
    public void unpaired() {
        unpaired.incrementAndGet();
    }

    @Override
    public void moved(LinkSide from, long bytes) {
        moved.computeIfAbsent(from, side -> new AtomicLong()).addAndGet(bytes);
    }

    long movedFrom(LinkSide side) {
        AtomicLong count = moved.get(side);
        return count == null ? 0 : count.get();
    }
}
