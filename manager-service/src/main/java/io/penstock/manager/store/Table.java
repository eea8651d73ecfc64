package io.penstock.manager.store;

import io.penstock.manager.keep.Store;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One table of the state file: one row a thing, by its id, in the order in which they were first written.
 *
 * <p><em>Thread-safe</em>, as its connection is.
 */
final class Table<K, V> implements Store<K, V> {
    private final Path file;
    private final JdbcClient jdbc;
    private final Layout<K, V> layout;

    Table(Path file, JdbcClient jdbc, Layout<K, V> layout) {
        this.file = file;
        this.jdbc = jdbc;
        this.layout = layout;
    }

    @Override
    public Map<K, V> load() {
        var things = new LinkedHashMap<K, V>();
        try {
            jdbc.sql("SELECT * FROM " + layout.table() + " ORDER BY ordinal")
                    .query((row, number) -> layout.read(row))
                    .list()
                    .forEach(thing -> things.put(layout.key(thing), thing));
        } catch (RuntimeException senseless) {
            throw Unusable.unreadable(file, senseless);
        }
        return things;
    }

    @Override
    public void write(Map<K, Optional<V>> changes) {
        String columns = String.join(", ", layout.columns());
        String marks = String.join(", ", Collections.nCopies(layout.columns().size(), "?"));
        String merge = "MERGE INTO " + layout.table() + " (" + columns + ") KEY (id) VALUES (" + marks + ")";
        String delete = "DELETE FROM " + layout.table() + " WHERE id = ?";
        changes.forEach((key, newest) -> newest.ifPresentOrElse(
                thing -> jdbc.sql(merge).params(layout.values(thing)).update(),
                () -> jdbc.sql(delete).param(layout.id(key)).update()));
    }
}
