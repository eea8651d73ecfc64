package io.penstock.system.fault;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Carriers over TLS, with certificates on both sides that are rotated while everything is in use. */
@Timeout(value = 240, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsCarrierIT {
    private static final int CONCURRENT = 100;

    private static @Nullable Authority issuer;

    @RegisterExtension
    static final Stage STAGE = Stage.relayedOverFaultyNetwork().with(TlsCarrierIT::speakTls);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    private static StackPlan speakTls(StackPlan plan, Path home) throws IOException {
        Path directory = Files.createDirectories(home.resolve("certificates"));
        Authority authority = Authority.in(directory, "authority");
        issuer = authority;
        TlsFiles.Identity relay = authority.issue("relay");
        TlsFiles.Identity agent = authority.issue("agent");
        TlsFiles.Identity gateway = authority.issue("gateway");
        String ca = authority.certificate().toString();
        List<String> settings = new ArrayList<>(plan.arguments().manager());
        settings.add("--penstock.manager.relay.tls.certificate=" + relay.certificate());
        settings.add("--penstock.manager.relay.tls.key=" + relay.key());
        settings.add("--penstock.manager.relay.tls.client-ca=" + ca);
        List<String> flags = List.of(
                "--tls-ca",
                ca,
                "--tls-certificate",
                agent.certificate().toString(),
                "--tls-key",
                agent.key().toString());
        Map<String, Object> door = Map.of("tls", words(ca, gateway));
        return plan.withManager(settings).withAgent(flags).withDoor(door);
    }

    private static Map<String, String> words(String ca, TlsFiles.Identity identity) {
        return Map.of(
                "ca", ca,
                "certificate", identity.certificate().toString(),
                "key", identity.key().toString());
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void answersStormsAndBulk() throws Exception {
        try (Diversion diversion = STAGE.divert(STAGE.laptop())) {
            new CarrierLoad(STAGE, 1000, 3, 64L << 20).requireNothingLost();

            assertThat(diversion.stats().path("failedOpen").asLong()).isZero();
            assertThat(Scrape.of(STAGE.stack().manager()).sum("penstock_manager_relay_pairs"))
                    .isPositive();
        }
    }

    @Test
    void takesNewCertificatesUnderLoad() throws Exception {
        try (Diversion diversion = STAGE.divert(STAGE.laptop())) {
            Future<StormReport> kept = threads.submit(
                    () -> STAGE.storm().run(StormPlan.keptConnections(STAGE.door(), CONCURRENT, 1, 200)));

            for (String each : List.of("relay", "agent", "gateway")) {
                requireNonNull(issuer).issue(each);
                assertThat(STAGE.network().cut(1, Duration.ofMillis(300))).isPositive();
            }

            requireThatTheLaptopAnswers(kept.get(), 200 * CONCURRENT);
            assertThat(Scrape.of(STAGE.stack().manager()).sum("penstock_manager_relay_tls_reloads_total"))
                    .isPositive();
            assertThat(diversion.state()).isEqualTo("ACTIVE");
        }
    }

    @Test
    void saysInOneSentenceThatACertificateIsNotTrusted() throws Exception {
        Authority foreign = Authority.in(STAGE.home().resolve("certificates"), "foreign");
        Map<String, String> words = words(foreign.certificate().toString(), foreign.issue("stranger"));

        RestDoor.Answer answer = STAGE.stack().request(STAGE.laptop(), Map.of(), Map.of("tls", words));

        Path log = STAGE.stack().gatewayTerms().home().resolve("gateway.log");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(Files.readString(log))
                        .contains("CLOSED cause=TLS_FAILED")
                        .contains("certificate is not trusted"));
        assertThat(Files.readString(log)).doesNotContain("\tat ");
        Path manager = STAGE.stack().managerTerms().tokenFile().resolveSibling("manager.log");
        assertThat(Files.readString(manager)).contains("refused TLS_FAILED").doesNotContain("\tat ");
        assertThat(Scrape.of(STAGE.stack().manager()).sum("penstock_manager_relay_refused_total"))
                .isPositive();
        STAGE.stack().leave(answer.json().get("id").asString());
    }

    private static void requireThatTheLaptopAnswers(StormReport report, long requests) {
        assertThat(report.failed())
                .as("%s %s", report.failures(), report.samples())
                .isZero();
        assertThat(report.answeredBy()).isEqualTo(Map.of(Stage.LAPTOP, requests));
    }
}
