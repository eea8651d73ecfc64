package io.penstock.manager.keep;

import java.util.Map;
import java.util.Optional;

/**
 * The things of one kind with the store that they are written to.
 *
 * <p><em>Loop-confined</em>.
 */
public record Shelf<K, V>(Kept<K, V> kept, Store<K, V> store) {

    /** What is to be written of one kind, as it was at one moment. <em>Immutable</em>. */
    record Batch<K, V>(Shelf<K, V> shelf, Map<K, Optional<V>> changes) {

        /** Called on the writing thread. */
        void write() {
            if (!changes.isEmpty()) {
                shelf.store.write(changes);
            }
        }

        void done() {
            shelf.kept.written(changes);
        }
    }

    /** Fills the memory with what the store has held. */
    void restore() {
        kept.restore(store.load());
    }

    Batch<K, V> batch() {
        return new Batch<>(this, kept.unwritten());
    }
}
