package io.penstock.manager.keep;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The things of one kind that are kept: all of them in memory, and which of them differ from what was last written. A change
 * that touches only what does not last, such as when somebody was last heard, is none to be written.
 *
 * <p><em>Loop-confined</em>.
 */
public final class Kept<K, V> {
    private final UnaryOperator<V> lasting;
    private final Map<K, V> things = new LinkedHashMap<>();
    private final Set<K> unwritten = new LinkedHashSet<>();
    private final List<Runnable> news = new ArrayList<>();
    private @Nullable Map<K, V> marked;

    /** @param lasting what of a thing is worth writing: two things that are equal in it are the same to a store */
    public Kept(UnaryOperator<V> lasting) {
        this.lasting = lasting;
    }

    public Optional<V> find(K key) {
        return Optional.ofNullable(things.get(key));
    }

    public void put(K key, V thing) {
        V before = things.put(key, thing);
        if (before == null || !lasting.apply(before).equals(lasting.apply(thing))) {
            unwritten.add(key);
        }
    }

    public void remove(K key) {
        if (things.remove(key) != null) {
            unwritten.add(key);
        }
    }

    /** All of them, oldest first, as they are now and will be. */
    public Collection<V> all() {
        return Collections.unmodifiableCollection(things.values());
    }

    public int size() {
        return things.size();
    }

    /** Something that is true, and worth saying, only if the change it comes from is not taken back. */
    public void afterwards(Runnable said) {
        news.add(said);
    }

    /** Takes over what a store has held, which needs no writing. */
    void restore(Map<K, V> stored) {
        things.putAll(stored);
    }

    /** From here on changes may be taken back. */
    void mark() {
        marked = new LinkedHashMap<>(things);
    }

    /** Takes back what happened since the mark. It is to be written again: nobody knows how far the writing came. */
    void backToMark() {
        Map<K, V> before = marked;
        if (before != null) {
            things.clear();
            things.putAll(before);
        }
        marked = null;
        news.clear();
    }

    /** What happened since the mark stays, and is said. */
    void settle() {
        marked = null;
        List<Runnable> said = List.copyOf(news);
        news.clear();
        said.forEach(Runnable::run);
    }

    /** The newest of all that differs from what was last written; empty for what is to be removed. */
    Map<K, Optional<V>> unwritten() {
        var newest = new LinkedHashMap<K, Optional<V>>();
        unwritten.forEach(key -> newest.put(key, find(key)));
        return newest;
    }

    /** These were written: what has not changed since is done. */
    void written(Map<K, Optional<V>> done) {
        done.forEach((key, then) -> {
            if (then.map(lasting).equals(find(key).map(lasting))) {
                unwritten.remove(key);
            }
        });
    }

    int countUnwritten() {
        return unwritten.size();
    }
}
