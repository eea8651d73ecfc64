package io.penstock.manager.intercept;

import java.util.List;
import java.util.Optional;

/**
 * Where intercepts are kept. Its caller is the control loop only; an implementation answers at once.
 */
public interface InterceptStore {

    /** Keeps this picture of the intercept, replacing an older one. */
    void save(Intercept intercept);

    void remove(InterceptId id);

    Optional<Intercept> find(InterceptId id);

    /** All kept intercepts, oldest first. */
    List<Intercept> all();
}
