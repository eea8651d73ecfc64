package io.penstock.manager.keep;

import java.util.Map;
import java.util.Optional;

/**
 * Where the things of one kind outlive the process. Keeps of each what lasts, not what only this process knows.
 *
 * <p>{@link #load} is called once, at the start; {@link #write} by one thread at a time, and takes as long as a disk takes.
 */
public interface Store<K, V> {

    /** All that is stored, in the order in which each was first written. */
    Map<K, V> load();

    /** Stores the newest of each, replacing an older one; an empty one is removed. */
    void write(Map<K, Optional<V>> changes);
}
