package io.penstock.gateway.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object, asked for its fields by name and type. What is missing or of another type reads as the empty value of the
 * type asked for, because a newer peer may leave out or add.
 *
 * @param fields by name, in written order
 *     <p><em>Immutable</em>.
 */
public record JsonView(Map<String, @Nullable Object> fields) {

    public static final JsonView EMPTY = new JsonView(Map.of());

    static JsonView of(Map<?, ?> map) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        map.forEach((name, value) -> fields.put(String.valueOf(name), value));
        return new JsonView(fields);
    }

    /** The field as text; numbers and truth values as they are written, "" when missing. */
    public String text(String name) {
        Object value = fields.get(name);
        return value == null || value instanceof Map || value instanceof List ? "" : value.toString();
    }

    public long number(String name) {
        return fields.get(name) instanceof Number number ? number.longValue() : 0;
    }

    public double decimal(String name) {
        return fields.get(name) instanceof Number number ? number.doubleValue() : 0;
    }

    public boolean truth(String name) {
        return Boolean.TRUE.equals(fields.get(name));
    }

    public JsonView object(String name) {
        return fields.get(name) instanceof Map<?, ?> map ? of(map) : EMPTY;
    }

    /** The objects of an array. */
    public List<JsonView> objects(String name) {
        return fields.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(Map.class::isInstance)
                        .map(item -> of((Map<?, ?>) item))
                        .toList()
                : List.of();
    }
}
