package io.penstock.agent.config;

import java.util.function.Supplier;

/**
 * The registry's text, empty until there is a registry: health is served before metrics are.
 *
 * <p><em>Thread-safe</em>.
 */
final class LateScrape implements Supplier<String> {

    private volatile Supplier<String> source = () -> "";

    void from(Supplier<String> scrape) {
        source = scrape;
    }

    @Override
    public String get() {
        return source.get();
    }
}
