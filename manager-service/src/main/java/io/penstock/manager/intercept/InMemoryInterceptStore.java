package io.penstock.manager.intercept;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A store that forgets when its process ends.
 *
 * <p><em>Loop-confined</em>.
 */
public final class InMemoryInterceptStore implements InterceptStore {
    private final Map<InterceptId, Intercept> intercepts = new LinkedHashMap<>();

    @Override
    public void save(Intercept intercept) {
        intercepts.put(intercept.id(), intercept);
    }

    @Override
    public void remove(InterceptId id) {
        intercepts.remove(id);
    }

    @Override
    public Optional<Intercept> find(InterceptId id) {
        return Optional.ofNullable(intercepts.get(id));
    }

    @Override
    public List<Intercept> all() {
        return new ArrayList<>(intercepts.values());
    }
}
