package io.penstock.manager.api.rest;

import io.penstock.manager.refusal.Check;
import java.util.List;
import java.util.function.Function;

/**
 * The answer of a list operation.
 *
 * <p><em>Immutable</em>.
 *
 * @param items the first ones, as many as were asked for
 * @param total how many there are
 */
record Items<T>(List<T> items, int total) {
    static final String DEFAULT_LIMIT = "100";
    private static final int MAX_LIMIT = 1000;

    static <S, T> Items<T> first(int limit, List<S> all, Function<S, T> shown) {
        Check.within("limit", limit, 1, MAX_LIMIT);
        return new Items<>(all.stream().limit(limit).map(shown).toList(), all.size());
    }
}
