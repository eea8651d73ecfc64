package io.penstock.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScrapesTest {

    private final Scrapes scrapes = new Scrapes();
    private final CompletableFuture<String> registry = new CompletableFuture<>();

    @AfterEach
    void close() {
        registry.complete("");
        scrapes.close();
    }

    @Test
    void doesNotMakeTheCallerWaitForTheRegistry() throws Exception {
        scrapes.from(registry::join);

        CompletableFuture<String> text = scrapes.get().toCompletableFuture();

        assertThat(text).isNotDone();
        registry.complete("penstock_streams_open 1");
        assertThat(text.get(10, TimeUnit.SECONDS)).isEqualTo("penstock_streams_open 1");
    }

    @Test
    void failsRatherThanKeepAnyNumberWaiting() {
        scrapes.from(registry::join);
        List<CompletableFuture<String>> asked = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            asked.add(scrapes.get().toCompletableFuture());
        }

        assertThat(asked.get(0)).isNotDone();
        assertThat(asked.get(99)).isCompletedExceptionally();
    }

    @Test
    void isEmptyUntilThereIsARegistry() throws Exception {
        assertThat(scrapes.get().toCompletableFuture().get(10, TimeUnit.SECONDS))
                .isEmpty();
    }
}
