package io.penstock.agent.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.agent.control.ControlReadings;
import org.junit.jupiter.api.Test;

class AgentHealthTest {

    private static final String UP = "{\"status\":\"UP\"}";
    private static final String OUT_OF_SERVICE = "{\"status\":\"OUT_OF_SERVICE\"}";

    private final AgentHealth health = new AgentHealth(new ControlReadings());

    @Test
    void livesAndCapturesBeforeItIsReady() {
        assertThat(health.liveness().body()).isEqualTo(UP);
        assertThat(health.readiness().status().code()).isEqualTo(503);
        assertThat(health.readiness().body()).isEqualTo(OUT_OF_SERVICE);
        assertThat(health.health().body())
                .contains("\"captures\":" + UP, "\"readinessState\":" + OUT_OF_SERVICE, "\"status\":\"UNKNOWN\"");
    }

    @Test
    void isReadyWhenToldSo() {
        health.ready();

        assertThat(health.readiness().status().code()).isEqualTo(200);
        assertThat(health.health().status().code()).isEqualTo(200);
    }

    @Test
    void staysNotReadyOnceItStops() {
        health.stopping();

        health.ready();

        assertThat(health.readiness().status().code()).isEqualTo(503);
        assertThat(health.health().body()).contains("\"captures\":" + OUT_OF_SERVICE);
        assertThat(health.liveness().body()).isEqualTo(UP);
    }
}
