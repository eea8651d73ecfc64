package io.penstock.manager.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the things of one kind are rows of a table.
 */
interface Layout<K, V> {

    String table();

    /** The columns that are written; the first is the key's. */
    List<String> columns();

    /** The values of these columns, in their order. */
    List<@Nullable Object> values(V thing);

    String id(K key);

    K key(V thing);

    V read(ResultSet row) throws SQLException;

    /** Instants are stored in UTC, to the nanosecond. */
    static OffsetDateTime stored(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
