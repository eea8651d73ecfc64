package io.penstock.tunnel.carrier;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The accepted connections that have not been joined: those that still owe their JOIN and those that are being told
 * why not. Bounded, because anybody can connect.
 *
 * <p><em>Thread-safe</em>.
 */
final class JoinLobby {
    private final Set<JoiningCarrier> present = ConcurrentHashMap.newKeySet();
    private final int capacity;
    private volatile boolean closed;

    JoinLobby(int capacity) {
        this.capacity = capacity;
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
