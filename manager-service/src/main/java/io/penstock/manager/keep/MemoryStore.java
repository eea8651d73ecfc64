package io.penstock.manager.keep;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A store that forgets when its process ends, but not when a control plane on it does.
 *
 * <p><em>Thread-safe</em>.
 */
public final class MemoryStore<K, V> implements Store<K, V> {
    private final UnaryOperator<V> lasting;
    private final Map<K, V> stored = new LinkedHashMap<>();

    /** @param lasting what of a thing lasts */
    public MemoryStore(UnaryOperator<V> lasting) {
        this.lasting = lasting;
    }

    @Override
    public synchronized Map<K, V> load() {
        return new LinkedHashMap<>(stored);
    }

    @Override
    public synchronized void write(Map<K, Optional<V>> changes) {
        changes.forEach((key, newest) ->
                newest.ifPresentOrElse(value -> stored.put(key, lasting.apply(value)), () -> stored.remove(key)));
    }
}
