package io.penstock.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.gateway.intercept.GatewayStatus;
import io.penstock.gateway.intercept.InterceptView;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PresenceMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicReference<GatewayStatus> now = new AtomicReference<>(status(""));

    @Test
    void showsWhatTheNewestCarrierRunsOnWhenScraped() {
        PresenceMeters meters = new PresenceMeters(registry, now::get);
        assertThat(meters).isNotNull();
        assertThat(carrier("tcp") + carrier("tls") + carrier("grpc")).isZero();

        now.set(status("grpc"));
        assertThat(carrier("grpc")).isEqualTo(1);
        assertThat(carrier("tcp") + carrier("tls")).isZero();

        now.set(status("tcp"));
        assertThat(carrier("tcp")).isEqualTo(1);
        assertThat(carrier("tls") + carrier("grpc")).isZero();
    }

    private double carrier(String kind) {
        return registry.get(GatewayMeter.CARRIER.meterName())
                .tag("carrier", kind)
                .gauge()
                .value();
    }

    private static GatewayStatus status(String carrier) {
        return new GatewayStatus(
                new GatewayStatus.Manager("http://127.0.0.1:8080", "RELAY", "s-1", "ATTACHED", "", null),
                1,
                new GatewayStatus.Links(2, 1, 0, 2, 0.5, 10, carrier),
                new InterceptView.Streams(0, 0, 0, Map.of(), Map.of(), 0, 0),
                0,
                0,
                new GatewayStatus.Memory(0, 1));
    }
}
