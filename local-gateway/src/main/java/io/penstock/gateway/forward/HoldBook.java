package io.penstock.gateway.forward;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What waits for targets to listen again, over all event loops: a room for each target, and how it ended for those that waited.
 *
 * <p><em>Thread-safe</em>.
 */
public final class HoldBook {

    private final HoldLimits limits;
    private final Map<InetSocketAddress, HoldRoom> rooms = new ConcurrentHashMap<>();
    private final Map<HoldOutcome, LongAdder> outcomes = new EnumMap<>(HoldOutcome.class);

    public HoldBook(HoldLimits limits) {
        this.limits = limits;
        for (HoldOutcome outcome : HoldOutcome.values()) {
            outcomes.put(outcome, new LongAdder());
        }
    }

    HoldRoom room(InetSocketAddress target) {
        return rooms.computeIfAbsent(target, address -> new HoldRoom(address, limits, this::ended));
    }

    /** Forgets the targets that are none any more, once nothing waits for them. */
    void keepOnly(Set<InetSocketAddress> targets) {
        rooms.entrySet()
                .removeIf(room ->
                        !targets.contains(room.getKey()) && room.getValue().forgetIfEmpty());
    }

    private void ended(HoldOutcome outcome) {
        requireNonNull(outcomes.get(outcome)).increment();
    }

    /** Streams that wait for that target now. */
    public long streams(InetSocketAddress target) {
        HoldRoom room = rooms.get(target);
        return room == null ? 0 : room.streams();
    }

    /** Streams that wait now. */
    public long streams() {
        return rooms.values().stream().mapToLong(HoldRoom::streams).sum();
    }

    /** Bytes of theirs that wait with them. */
    public long bytes() {
        return rooms.values().stream().mapToLong(HoldRoom::bytes).sum();
    }

    /** How many streams it ended so for since the start. */
    public long count(HoldOutcome outcome) {
        return requireNonNull(outcomes.get(outcome)).sum();
    }
}
