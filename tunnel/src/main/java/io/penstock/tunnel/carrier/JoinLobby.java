package io.penstock.tunnel.carrier;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accepted connections that have not been joined: those that still owe their JOIN and those that are being told
 * why not. Bounded, because anybody can connect.
 *
 * <p><em>Thread-safe</em>.
 */
final class JoinLobby {
    private static final Logger log = LoggerFactory.getLogger(JoinLobby.class);

    private final Set<JoiningCarrier> present = ConcurrentHashMap.newKeySet();
    private final int capacity;
    private final Map<JoinRefusal, LongAdder> told = new EnumMap<>(JoinRefusal.class);
    private volatile boolean closed;

    JoinLobby(int capacity) {
        this.capacity = capacity;
        for (JoinRefusal refusal : JoinRefusal.values()) {
            told.put(refusal, new LongAdder());
        }
    }

    /** Writes a line about one who was turned away: the 1st, 2nd, 4th, 8th of a kind, since anybody can cause it. */
    void tell(JoinRefusal refusal, SocketAddress from, String sentence) {
        LongAdder count = requireNonNull(told.get(refusal));
        count.increment();
        long times = count.sum();
        if (Long.bitCount(times) == 1) {
            log.info("carrier from {} refused {}: {} ({} so far)", from, refusal, sentence, times);
        }
    }

    /** Lets a connection in; returns false when there is no room. Loops that race here may overshoot by one each. */
    boolean enter(JoiningCarrier carrier) {
        return !closed && present.size() < capacity && present.add(carrier);
    }

    void leave(JoiningCarrier carrier) {
        present.remove(carrier);
    }

    int size() {
        return present.size();
    }

    boolean isClosed() {
        return closed;
    }

    /** Refuses all who are here and all who come. */
    void close() {
        closed = true;
        present.forEach(carrier -> carrier.refuse(JoinRefusal.SHUTTING_DOWN));
    }
}
