package io.penstock.system.fault;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import io.penstock.bench.process.StackPlan;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.FaultyNetwork;
import io.penstock.system.stage.Stage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * {@code --carrier auto} on a laptop from which the relay's port cannot always be reached. The relay has a name that means a sound
 * network to the agent, and one that can be broken to the gateway.
 */
@Timeout(value = 240, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CarrierAutoIT {
    private static final String NAME = "relay.penstock.test";

    private static @Nullable FaultyNetwork inCluster;
    private static @Nullable FaultyNetwork toRelay;
    private static @Nullable FaultyNetwork toGrpc;

    @RegisterExtension
    static final Stage STAGE = Stage.relayed().with(CarrierAutoIT::behindNames);

    private static StackPlan behindNames(StackPlan plan, Path home) throws IOException {
        int port = STAGE.ports().next();
        inCluster = new FaultyNetwork(at(1, port));
        toRelay = new FaultyNetwork(at(2, port));
        FaultyNetwork calls = new FaultyNetwork(at(1, STAGE.ports().next()));
        toGrpc = calls;
        List<String> settings = new ArrayList<>(plan.arguments().manager());
        settings.add("--penstock.manager.relay.advertised-address=" + NAME + ":" + port);
        settings.add("--penstock.manager.control.advertised-address=" + calls.address());
        return plan.withManager(settings)
                .withDoor(Map.of("carrier", "auto"))
                .with(plan.flags().plus(List.of(), names(home, "127.0.0.1"), names(home, "127.0.0.2")));
    }

    private static InetSocketAddress at(int host, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) host}), port);
    }

    /** Flags of a JVM to which the relay's name means this address. */
    private static List<String> names(Path home, String address) throws IOException {
        Path hosts = home.resolve("hosts-" + address);
        Files.writeString(hosts, address + " " + NAME + "\n127.0.0.1 localhost\n");
        return List.of("-Djdk.net.hosts.file=" + hosts);
    }

    @BeforeAll
    static void leadTo() {
        requireNonNull(inCluster).leadsTo(STAGE.stack().managerTerms().relayAddress());
        requireNonNull(toRelay).leadsTo(STAGE.stack().managerTerms().relayAddress());
        requireNonNull(toGrpc).leadsTo(STAGE.stack().managerTerms().grpcAddress());
    }

    @AfterAll
    static void close() throws IOException {
        requireNonNull(inCluster).close();
        requireNonNull(toRelay).close();
        requireNonNull(toGrpc).close();
    }

    @Test
    void findsAWayAroundAClosedPortAndABlackHoleAndBack() throws Exception {
        requireNonNull(toRelay).breakDown();
        try (Diversion diversion = STAGE.divert(STAGE.laptop())) {
            // Nobody at the relay's port.
            awaitCarrier("grpc");
            requireThatTheLaptopAnswers();

            // It is open again, which changes nothing for carriers that are there.
            requireNonNull(toRelay).repair();
            requireThatTheLaptopAnswers();
            awaitCarrier("grpc");

            // Calls are not to be had, so there is a way back.
            assertThat(requireNonNull(toGrpc).breakDown()).isPositive();
            awaitCarrier("tcp");
            STAGE.awaitAnswersBy(Stage.LAPTOP);
            requireThatTheLaptopAnswers();
            requireNonNull(toGrpc).repair();

            // The relay's port takes everything and answers nothing.
            assertThat(requireNonNull(toRelay).swallow()).isPositive();
            awaitCarrier("grpc");
            STAGE.awaitAnswersBy(Stage.LAPTOP);
            requireThatTheLaptopAnswers();
            assertThat(diversion.state()).isEqualTo("ACTIVE");
        }
    }

    private static void awaitCarrier(String name) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(STAGE.stack()
                                .gateway()
                                .actuator()
                                .get("/api/v1/status")
                                .text())
                        .contains("\"carrier\":\"" + name + "\""));
    }

    private static void requireThatTheLaptopAnswers() {
        StormReport report = STAGE.storm().run(StormPlan.shortConnections(STAGE.door(), 200, 3));
        assertThat(report.failed())
                .as("%s %s", report.failures(), report.samples())
                .isZero();
        assertThat(report.answeredBy()).isEqualTo(Map.of(Stage.LAPTOP, 600L));
    }
}
