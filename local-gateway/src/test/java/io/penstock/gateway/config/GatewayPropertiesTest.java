package io.penstock.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

class GatewayPropertiesTest {

    private static final ApplicationContextRunner CONTEXT =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(GatewayProperties.class)
    static class Settings {}

    @Test
    void defaults() {
        GatewayProperties expected = new GatewayProperties(
                new GatewayProperties.Listen("127.0.0.1", 4848),
                new GatewayProperties.Manager(
                        Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(5)),
                new GatewayProperties.Session("", "", Duration.ofMillis(100), Duration.ofSeconds(5), 0.5),
                new GatewayProperties.Link(
                        0,
                        DataSize.ofKilobytes(64),
                        DataSize.ofMegabytes(4),
                        DataSize.ofMegabytes(8),
                        DataSize.ofMegabytes(128),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        new GatewayProperties.KeepAlive(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(15))),
                new GatewayProperties.Dial(
                        Duration.ofSeconds(3), 64, 100_000, Duration.ofSeconds(30), 1024, DataSize.ofMegabytes(16)));

        assertThat(bind(Map.of())).isEqualTo(expected);
    }

    @Test
    void bindsEveryProperty() {
        Map<String, String> all = Map.ofEntries(
                Map.entry("listen.address", "127.0.0.2"),
                Map.entry("listen.port", "0"),
                Map.entry("manager.connect-timeout", "1s"),
                Map.entry("manager.request-timeout", "2s"),
                Map.entry("manager.keep-alive", "11s"),
                Map.entry("manager.keep-alive-timeout", "4s"),
                Map.entry("session.owner", "ann"),
                Map.entry("session.client", "laptop-1"),
                Map.entry("session.reconnect-first", "20ms"),
                Map.entry("session.reconnect-most", "1s"),
                Map.entry("session.reconnect-jitter", "0.1"),
                Map.entry("link.loops", "3"),
                Map.entry("link.initial-window", "32KB"),
                Map.entry("link.max-window", "1MB"),
                Map.entry("link.max-unacknowledged", "2MB"),
                Map.entry("link.memory", "16MB"),
                Map.entry("link.drain-grace", "5s"),
                Map.entry("link.resume-grace", "8s"),
                Map.entry("link.stall-timeout", "6s"),
                Map.entry("link.keep-alive.interval", "7s"),
                Map.entry("link.keep-alive.open-answer", "500ms"),
                Map.entry("link.keep-alive.suspect-after", "3s"),
                Map.entry("link.keep-alive.dead-after", "9s"),
                Map.entry("dial.timeout", "1s"),
                Map.entry("dial.concurrent", "8"),
                Map.entry("dial.queue-limit", "10"),
                Map.entry("dial.queue-wait", "12s"),
                Map.entry("dial.hold-limit", "7"),
                Map.entry("dial.hold-memory", "1MB"));

        GatewayProperties expected = new GatewayProperties(
                new GatewayProperties.Listen("127.0.0.2", 0),
                new GatewayProperties.Manager(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(11), Duration.ofSeconds(4)),
                new GatewayProperties.Session("ann", "laptop-1", Duration.ofMillis(20), Duration.ofSeconds(1), 0.1),
                new GatewayProperties.Link(
                        3,
                        DataSize.ofKilobytes(32),
                        DataSize.ofMegabytes(1),
                        DataSize.ofMegabytes(2),
                        DataSize.ofMegabytes(16),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(6),
                        new GatewayProperties.KeepAlive(
                                Duration.ofSeconds(7),
                                Duration.ofMillis(500),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(9))),
                new GatewayProperties.Dial(
                        Duration.ofSeconds(1), 8, 10, Duration.ofSeconds(12), 7, DataSize.ofMegabytes(1)));

        assertThat(bind(all)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "listen.prot, 1, listen.prot: 1 (expected: a key of penstock.gateway",
        "listen.port, 65536, listen.port: 65536 (expected:",
        "listen.port, http, listen.port: http (expected: int)",
        "dial.concurrent, 0, dial.concurrent: 0 (expected:",
        "dial.timeout, 0s, dial.timeout: PT0S (expected:",
        "link.resume-grace, 999ms, link.resumeGrace: PT0.999S (expected:",
        "link.resume-grace, 11m, link.resumeGrace: PT11M (expected:",
        "manager.keep-alive, 1s, manager.keepAlive: PT1S (expected:",
    })
    void refusesWhatCannotBeUsedInOneSentence(String key, String value, String sentence) {
        CONTEXT.withPropertyValues("penstock.gateway." + key + "=" + value).run(context -> {
            Throwable failure = catchThrowable(() -> context.getBean(GatewayProperties.class));

            assertThat(StartRefusal.sentence(failure)).contains(sentence).doesNotContain("\n");
        });
    }

    private static GatewayProperties bind(Map<String, String> values) {
        String[] pairs = values.entrySet().stream()
                .map(entry -> "penstock.gateway." + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
        AtomicReference<GatewayProperties> bound = new AtomicReference<>();
        CONTEXT.withPropertyValues(pairs).run(context -> bound.set(context.getBean(GatewayProperties.class)));
        return Objects.requireNonNull(bound.get());
    }
}
