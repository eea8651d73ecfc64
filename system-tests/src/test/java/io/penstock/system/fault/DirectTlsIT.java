package io.penstock.system.fault;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.process.RestDoor;
import io.penstock.bench.process.StackPlan;
import io.penstock.system.bytes.CarrierLoad;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.Scrape;
import io.penstock.system.stage.Stage;
import io.penstock.tunnel.testkit.Authority;
import io.penstock.tunnel.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The agent's own link port speaks TLS, and asks the gateway for a certificate. */
@Timeout(value = 240, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DirectTlsIT {

    private static @Nullable Authority issuer;

    @RegisterExtension
    static final Stage STAGE = Stage.direct().with(DirectTlsIT::speakTls);

    private static StackPlan speakTls(StackPlan plan, Path home) throws IOException {
        Authority authority = Authority.in(Files.createDirectories(home.resolve("certificates")), "authority");
        issuer = authority;
        TlsFiles.Identity agent = authority.issue("agent");
        TlsFiles.Identity gateway = authority.issue("gateway");
        String ca = authority.certificate().toString();
        List<String> flags = List.of(
                "--link-tls-certificate",
                agent.certificate().toString(),
                "--link-tls-key",
                agent.key().toString(),
                "--link-tls-client-ca",
                ca);
        Map<String, String> words = Map.of(
                "ca", ca,
                "certificate", gateway.certificate().toString(),
                "key", gateway.key().toString());
        return plan.withAgent(flags).withDoor(Map.of("tls", words));
    }

    @Test
    void answersStormsAndBulk() throws Exception {
        try (Diversion diversion = STAGE.divert(STAGE.laptop())) {
            new CarrierLoad(STAGE, 500, 3, 16L << 20).requireNothingLost();

            assertThat(diversion.stats().path("failedOpen").asLong()).isZero();
            assertThat(STAGE.stack().gateway().actuator().get("/api/v1/status").text())
                    .contains("\"carrier\":\"tls\"");
            assertThat(Scrape.of(STAGE.stack().manager()).sum("penstock_manager_relay_paired_total"))
                    .isZero();
        }
    }

    @Test
    void refusesAGatewayWithoutACertificate() throws Exception {
        String ca = requireNonNull(issuer).certificate().toString();

        RestDoor.Answer answer = STAGE.stack().request(STAGE.laptop(), Map.of(), Map.of("tls", Map.of("ca", ca)));

        Path log = STAGE.stack().gatewayTerms().home().resolve("gateway.log");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(Files.readString(log))
                        .contains("CLOSED cause=TLS_FAILED")
                        .contains("TLS: the far end refused"));
        assertThat(Files.readString(log)).doesNotContain("\tat ");
        assertThat(Scrape.of(STAGE.stack().agent()).sum("penstock_agent_link_port_refused_total"))
                .isPositive();
        STAGE.stack().leave(answer.json().get("id").asString());
    }
}
