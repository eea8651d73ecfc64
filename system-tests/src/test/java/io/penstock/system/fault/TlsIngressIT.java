package io.penstock.system.fault;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.peers.Program;
import io.penstock.bench.process.StackPlan;
import io.penstock.system.bytes.CarrierLoad;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.Ingress;
import io.penstock.system.stage.NeedsPeers;
import io.penstock.system.stage.Stage;
import io.penstock.tunnel.testkit.Authority;
import io.penstock.tunnel.tls.TlsFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The gateway reaches everything of the manager through an nginx that ends TLS, with the limits and time-outs that nginx has by itself. */
@NeedsPeers(Program.NGINX)
@Timeout(value = 240, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsIngressIT {
    private static final String PASSWORD = "of-no-importance";

    private static TlsFiles.@Nullable Identity certificate;
    private static @Nullable Ingress ingress;
    private static int port;

    @RegisterExtension
    static final Stage STAGE = Stage.relayed().with(TlsIngressIT::throughTheIngress);

    private static StackPlan throughTheIngress(StackPlan plan, Path home) throws IOException {
        port = STAGE.ports().next();
        Authority authority = Authority.in(Files.createDirectories(home.resolve("certificates")), "authority");
        certificate = authority.issue("ingress");
        List<String> settings = new ArrayList<>(plan.arguments().manager());
        settings.add("--penstock.manager.control.advertised-address=127.0.0.1:" + port);
        List<String> trust = List.of(
                "-Djavax.net.ssl.trustStore=" + trustStore(home, authority.certificate()),
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
        return plan.withManager(settings)
                .with(plan.flags().plus(List.of(), List.of(), trust))
                .withDoor(Map.of(
                        "manager",
                        "https://127.0.0.1:" + port,
                        "carrier",
                        "grpc",
                        "tls",
                        Map.of("ca", authority.certificate().toString())));
    }

    /** What the gateway's JVM trusts, for REST and the control call. */
    private static Path trustStore(Path home, Path authority) throws IOException {
        Path file = home.resolve("trust.p12");
        try (InputStream in = Files.newInputStream(authority);
                OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
            store.store(out, PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        return file;
    }

    @BeforeAll
    static void startIngress() throws IOException {
        ingress = Ingress.startWithTls(
                STAGE.home().resolve("ingress"),
                port,
                requireNonNull(certificate),
                STAGE.stack().managerTerms(),
                "");
    }

    @AfterAll
    static void stopIngress() {
        requireNonNull(ingress).close();
    }

    @Test
    void answersStormsAndBulkWithTheLimitsOfNginx() throws Exception {
        try (Diversion diversion = STAGE.divert(STAGE.laptop())) {
            new CarrierLoad(STAGE, 500, 6, 16L << 20).requireNothingLost();

            assertThat(diversion.stats().path("failedOpen").asLong()).isZero();
            assertThat(STAGE.stack().gateway().actuator().get("/api/v1/status").text())
                    .contains("\"carrier\":\"grpc\"");
            // A call ends after 1 MiB of the laptop's bytes, and its link goes on by the next one.
            assertThat(requireNonNull(ingress).errors())
                    .anyMatch(line -> line.contains("client intended to send too large chunked body"));
        }
    }
}
