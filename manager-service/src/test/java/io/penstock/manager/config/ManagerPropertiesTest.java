package io.penstock.manager.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.manager.config.ManagerProperties.Medium;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.util.unit.DataSize;

final class ManagerPropertiesTest {

    @EnableConfigurationProperties(ManagerProperties.class)
    private static final class Wiring {}

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Wiring.class, ValidationAutoConfiguration.class);

    private ManagerProperties bind(Map<String, String> values) {
        var bound = new ManagerProperties[1];
        runner.withPropertyValues(values.entrySet().stream()
                        .map(entry -> "penstock.manager." + entry.getKey() + "=" + entry.getValue())
                        .toArray(String[]::new))
                .run(context -> {
                    if (context.getStartupFailure() != null) {
                        throw new IllegalStateException(StartFailure.sentence(context.getStartupFailure()));
                    }
                    bound[0] = context.getBean(ManagerProperties.class);
                });
        return bound[0];
    }

    @Test
    void defaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(new ManagerProperties(
                        "",
                        new ManagerProperties.Lease(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(15),
                                Duration.ofMinutes(10),
                                Duration.ofSeconds(30)),
                        new ManagerProperties.Link(
                                Duration.ofMillis(100),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(10),
                                Duration.ofMinutes(5)),
                        new ManagerProperties.Relay(
                                "127.0.0.1",
                                7070,
                                "",
                                0,
                                true,
                                new ManagerProperties.Admission(
                                        Duration.ofSeconds(5), Duration.ofSeconds(10), 4096, 4096),
                                new ManagerProperties.Tls("", "", "", false)),
                        new ManagerProperties.Control(
                                "",
                                Duration.ofSeconds(5),
                                Duration.ofMillis(100),
                                Duration.ofSeconds(10),
                                new ManagerProperties.Store(Medium.FILE, Duration.ofSeconds(1))),
                        new ManagerProperties.Limits(1000, 1000, 1000, 1000, DataSize.ofKilobytes(64))));
    }

    @Test
    void bindsEveryProperty() {
        Map<String, String> values = new HashMap<>();
        values.put("home", "/var/lib/penstock");
        values.put("lease.report-interval", "1s");
        values.put("lease.duration", "3s");
        values.put("lease.resume-grace", "1m");
        values.put("lease.drain-grace", "2s");
        values.put("link.replace-after", "10ms");
        values.put("link.replace-at-most", "1s");
        values.put("link.settled-after", "5s");
        values.put("link.token-life", "30s");
        values.put("relay.address", "0.0.0.0");
        values.put("relay.port", "1");
        values.put("relay.advertised-address", "manager.example:7070");
        values.put("relay.threads", "2");
        values.put("relay.admission.join-deadline", "1s");
        values.put("relay.admission.pairing-deadline", "2s");
        values.put("relay.admission.max-joining", "3");
        values.put("relay.admission.max-waiting", "4");
        values.put("relay.kernel-splice", "false");
        values.put("relay.tls.certificate", "/tls.crt");
        values.put("relay.tls.key", "/tls.key");
        values.put("relay.tls.client-ca", "/ca.crt");
        values.put("relay.tls.calls-without-certificate", "true");
        values.put("control.advertised-address", "manager.example:9090");
        values.put("control.call-deadline", "2s");
        values.put("control.tick", "50ms");
        values.put("control.stop-grace", "7s");
        values.put("control.store.medium", "memory");
        values.put("control.store.write-deadline", "200ms");
        values.put("limits.sessions", "1");
        values.put("limits.agents", "2");
        values.put("limits.intercepts", "3");
        values.put("limits.ended-intercepts", "4");
        values.put("limits.request-body", "1KB");

        assertThat(bind(values))
                .isEqualTo(new ManagerProperties(
                        "/var/lib/penstock",
                        new ManagerProperties.Lease(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(3),
                                Duration.ofMinutes(1),
                                Duration.ofSeconds(2)),
                        new ManagerProperties.Link(
                                Duration.ofMillis(10),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(30)),
                        new ManagerProperties.Relay(
                                "0.0.0.0",
                                1,
                                "manager.example:7070",
                                2,
                                false,
                                new ManagerProperties.Admission(Duration.ofSeconds(1), Duration.ofSeconds(2), 3, 4),
                                new ManagerProperties.Tls("/tls.crt", "/tls.key", "/ca.crt", true)),
                        new ManagerProperties.Control(
                                "manager.example:9090",
                                Duration.ofSeconds(2),
                                Duration.ofMillis(50),
                                Duration.ofSeconds(7),
                                new ManagerProperties.Store(Medium.MEMORY, Duration.ofMillis(200))),
                        new ManagerProperties.Limits(1, 2, 3, 4, DataSize.ofKilobytes(1))));
    }

    @Test
    void admitsCallsUnlessCertificatesAreAskedFor() {
        assertThat(new ManagerProperties.Tls("/tls.crt", "/tls.key", "", false).admitsCalls())
                .isTrue();
        assertThat(new ManagerProperties.Tls("/tls.crt", "/tls.key", "/ca.crt", false).admitsCalls())
                .isFalse();
        assertThat(new ManagerProperties.Tls("/tls.crt", "/tls.key", "/ca.crt", true).admitsCalls())
                .isTrue();
    }

    @Test
    void findsItsHomeWhereTheCommandLooksForTheToken() {
        String user = System.getProperty("user.home");

        assertThat(bind(Map.of()).homeIn("")).isEqualTo(user + "/.penstock/manager");
        assertThat(bind(Map.of()).homeIn("/srv/penstock")).isEqualTo("/srv/penstock/manager");
        assertThat(bind(Map.of("home", "~/mine")).homeIn("/srv/penstock")).isEqualTo("~/mine");
    }

    @Test
    void refusesUnknownKeysBadTypesAndValuesOutOfBoundsInOneSentence() {
        assertThatThrownBy(() -> bind(Map.of("relay.prot", "7070")))
                .hasMessage("configuration: penstock.manager.relay.prot (expected: only the keys of"
                        + " docs/configuration.md)");
        assertThatThrownBy(() -> bind(Map.of("lease.duration", "soon")))
                .hasMessage("penstock.manager.lease.duration: soon (expected: a value of type Duration)");
        assertThatThrownBy(() -> bind(Map.of("relay.port", "70000")))
                .hasMessageStartingWith("penstock.manager.relay.port: 70000 (expected: ");
        assertThatThrownBy(() -> bind(Map.of("relay.advertised-address", "here")))
                .hasMessage("penstock.manager.relay.advertisedAddress: here (expected: host:port, or empty)");
    }
}
