package io.penstock.system.fault;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.load.BytePattern;
import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import io.penstock.bench.peers.Program;
import io.penstock.bench.process.StackPlan;
import io.penstock.system.bytes.Transfer;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.Ingress;
import io.penstock.system.stage.NeedsPeers;
import io.penstock.system.stage.Scrape;
import io.penstock.system.stage.Stage;
import io.penstock.system.stage.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The gateway reaches the manager through an HTTP/2 ingress only; its carriers are calls. */
@NeedsPeers({Program.NGINX, Program.AB})
@Timeout(value = 240, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GrpcCarrierIT {
    private static final long LARGE = 64L << 20;
    private static final int CONCURRENT = 100;

    private static @Nullable Ingress ingress;
    private static int port;

    @RegisterExtension
    static final Stage STAGE = Stage.relayed().with(GrpcCarrierIT::throughTheIngress);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private @Nullable Diversion diversion;

    private static StackPlan throughTheIngress(StackPlan plan, Path home) throws IOException {
        port = STAGE.ports().next();
        List<String> settings = new ArrayList<>(plan.arguments().manager());
        settings.add("--penstock.manager.control.advertised-address=127.0.0.1:" + port);
        return plan.withManager(settings).withDoor(Map.of("carrier", "grpc"));
    }

    @BeforeAll
    static void startIngress() throws IOException {
        String grpc = STAGE.stack().managerTerms().grpcAddress();
        ingress = Ingress.start(STAGE.home().resolve("ingress"), port, grpc, "client_max_body_size 0;");
    }

    @AfterAll
    static void stopIngress() {
        requireNonNull(ingress).close();
    }

    @BeforeEach
    void intercept() throws IOException {
        diversion = STAGE.divert(STAGE.laptop());
    }

    @AfterEach
    void leave() throws IOException {
        threads.shutdownNow();
        STAGE.requireNoStreams();
        requireNonNull(diversion).close();
    }

    @Test
    void answersAStormOfAb() throws Exception {
        List<String> command = List.of(
                Program.AB.path(),
                "-q",
                "-c",
                "200",
                "-n",
                "5000",
                "http://127.0.0.1:" + STAGE.door().getPort() + "/");

        Tool.Outcome outcome = Tool.in(STAGE.home(), Duration.ofMinutes(2)).run(command);

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.number("Complete requests:\\s+(\\d+)")).isEqualTo(5000);
        assertThat(outcome.number("Failed requests:\\s+(\\d+)"))
                .as(outcome.output())
                .isZero();
        assertThat(outcome.output()).doesNotContain("Non-2xx");
        assertThat(requireNonNull(diversion).stats().path("failedOpen").asLong())
                .isZero();
        assertThat(STAGE.stack().gateway().actuator().get("/api/v1/status").text())
                .contains("\"carrier\":\"grpc\"");
    }

    @Test
    void losesNoByteOfBodiesInBothDirections() throws Exception {
        Transfer transfer = new Transfer(STAGE.door(), LARGE);
        List<Future<String>> hashes = List.of(threads.submit(transfer::up), threads.submit(transfer::down));

        for (Future<String> hash : hashes) {
            assertThat(hash.get()).isEqualTo(BytePattern.sha256(LARGE));
        }
    }

    @Test
    void losesNoRequestWhenTheIngressIsRestarted() throws Exception {
        Future<StormReport> kept =
                threads.submit(() -> STAGE.storm().run(StormPlan.keptConnections(STAGE.door(), CONCURRENT, 1, 300)));
        double before = lost();

        for (int i = 0; i < 3; i++) {
            requireNonNull(ingress).restart();
        }

        StormReport report = kept.get();
        assertThat(report.failed())
                .as("%s %s", report.failures(), report.samples())
                .isZero();
        assertThat(report.answeredBy()).isEqualTo(Map.of(Stage.LAPTOP, 300L * CONCURRENT));
        assertThat(lost()).isGreaterThan(before);
    }

    private static double lost() throws IOException {
        return Scrape.of(STAGE.stack().gateway()).sum("penstock_link_carriers_lost_total");
    }
}
