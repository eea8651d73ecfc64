package io.penstock.gateway.intercept;

/**
 * The way to stop the service from within.
 *
 * <p><em>Thread-safe</em>.
 */
@FunctionalInterface
public interface ServiceStop {

    /**
     * Begins to stop and returns at once.
     *
     * @param now whether running streams are ended instead of finishing within the drain grace
     */
    void stop(boolean now);
}
