package io.penstock.system.fault;

import static io.penstock.system.fault.Wire.frame;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.api.control.v1.LinkAssignment;
import io.penstock.api.control.v1.Route;
import io.penstock.bench.config.Loopback;
import io.penstock.bench.load.StormReport;
import io.penstock.bench.process.AgentProcess;
import io.penstock.bench.process.Jars;
import io.penstock.bench.process.JvmFlags;
import io.penstock.bench.process.ManagerProcess;
import io.penstock.bench.process.ProcStat;
import io.penstock.bench.process.RestDoor;
import io.penstock.bench.process.ServiceProcess;
import io.penstock.system.stage.Bystanders;
import io.penstock.system.stage.RawCaller;
import io.penstock.system.stage.Scrape;
import io.penstock.system.stage.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * F10, on links: an end that was let in and breaks the protocol loses its link with PROTOCOL_ERROR, and that is all. An agent with
 * two captured ports has the real gateway behind one of them and the hostile one behind the other.
 */
@Timeout(value = 150, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileLinkIT {
    private static final String WORKLOAD = "shop/basket";
    private static final byte[] NOTHING = {};

    @RegisterExtension
    static final Stage STAGE = Stage.relayed();

    private static ServiceProcess agent;
    private static int hostilePort;
    private static int friendlyPort;

    @BeforeAll
    static void startTheSharedAgent() throws IOException {
        ManagerProcess manager = STAGE.stack().managerTerms();
        friendlyPort = STAGE.ports().next();
        List<String> second = List.of(
                "--capture", friendlyPort + "=127.0.0.1:" + STAGE.cluster().getPort());
        AgentProcess.Terms terms =
                new AgentProcess.Terms(WORKLOAD, STAGE.cluster(), manager.grpcAddress(), manager.tokenFile(), second);
        AgentProcess process = new AgentProcess(Jars.find(), terms, JvmFlags.FAST_START.agent(), STAGE.ports());
        agent = process.awaitReady(process.launch(STAGE.home().resolve("shared-agent.log")));
        hostilePort = process.captured().getPort();
        friendlyIntercept(manager);
    }

    @AfterAll
    static void endTheSharedAgent() {
        agent.close();
    }

    private static void friendlyIntercept(ManagerProcess manager) throws IOException {
        Map<String, Object> at = Map.of(
                "manager", manager.restAddress().toString(),
                "tokenFile", manager.tokenFile().toString(),
                "route", "relay");
        Map<String, Object> port = Map.of(
                "capture", friendlyPort, "target", "127.0.0.1:" + STAGE.laptop().getPort());
        Map<String, Object> wish = Map.of("at", at, "workload", WORKLOAD, "ports", List.of(port));
        RestDoor gateway = STAGE.stack().gateway().actuator();
        String id = RestDoor.require(gateway.post("/api/v1/intercepts", wish), "intercept")
                .path("id")
                .asString();
        STAGE.stack().awaitState(id, "ACTIVE");
    }

    @ParameterizedTest
    @EnumSource(
            value = Route.class,
            names = {"ROUTE_RELAY", "ROUTE_DIRECT"})
    void endsALinkOnWhichTheProtocolIsBroken(Route route) throws Exception {
        ManagerProcess manager = STAGE.stack().managerTerms();
        ProcStat before = agent.process().stat();
        try (HostileGateway gateway = HostileGateway.arrive(manager, WORKLOAD, hostilePort, route);
                Bystanders bystanders = Bystanders.start(Loopback.at(friendlyPort), 50, 200)) {
            for (Map.Entry<String, byte[]> violation : violations().entrySet()) {
                requireEnd(gateway, violation.getKey(), violation.getValue());
            }

            StormReport report = bystanders.finish();
            assertThat(report.failed())
                    .as("%s %s", report.failures(), report.samples())
                    .isZero();
            assertThat(report.answeredBy()).isEqualTo(Map.of(Stage.LAPTOP, report.requests()));
        }
        // Only now, because the bystanders' connections come and go.
        requireNoGrowth(before);
    }

    @ParameterizedTest
    @EnumSource(
            value = Route.class,
            names = {"ROUTE_RELAY", "ROUTE_DIRECT"})
    void endsALinkThatOverflowsTheCreditOfAStream(Route route) throws Exception {
        ManagerProcess manager = STAGE.stack().managerTerms();
        try (HostileGateway gateway = HostileGateway.arrive(manager, WORKLOAD, hostilePort, route)) {
            double counted = protocolErrors();
            List<LinkAssignment> links = List.of(gateway.nextLink(), gateway.nextLink());
            List<RawCaller> carriers = List.of(open(links.get(0)), open(links.get(1)));

            try (RawCaller caller = divertedCaller()) {
                // The caller's stream is on one of the two links, as their first one.
                byte[] most = frame(Wire.CREDIT, 1, Wire.u32(Integer.MAX_VALUE));
                for (RawCaller carrier : carriers) {
                    carrier.send(Wire.joined(frame(Wire.ACCEPT, 1, NOTHING), most, most));
                }

                assertThat(caller.readToEnd().ending()).isEqualTo(RawCaller.Ending.RESET);
            }
            for (RawCaller carrier : carriers) {
                carrier.readToEnd();
                carrier.close();
            }
            awaitProtocolErrors(counted + 2);
        }
    }

    /** Waits until the agent's links are open and its rule with them, so that a connection becomes a stream. */
    private static RawCaller divertedCaller() throws IOException {
        double before = opened();
        RawCaller[] found = new RawCaller[1];
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            RawCaller caller = RawCaller.dial(Loopback.at(hostilePort)).say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            for (int i = 0; i < 20 && opened() == before; i++) {
                Thread.onSpinWait();
            }
            found[0] = caller;
            return opened() > before;
        });
        return found[0];
    }

    private static double opened() throws IOException {
        return Scrape.of(agent).sum("penstock_streams_opened_total");
    }

    private static void requireEnd(HostileGateway gateway, String name, byte[] violation) throws IOException {
        double counted = protocolErrors();
        LinkAssignment link = gateway.nextLink();
        try (RawCaller carrier = HostileGateway.dial(link)) {
            carrier.send(
                    violation.length == 36
                            ? violation
                            : Wire.joined(
                                    Wire.hello(Wire.GATEWAY, link.getLinkId().toByteArray()), violation));

            carrier.readToEnd();
        }
        awaitProtocolErrors(counted + 1);
        assertThat(agent.process().isAlive()).as(name).isTrue();
        gateway.reportClosed(link);
    }

    private static RawCaller open(LinkAssignment link) throws IOException {
        return HostileGateway.dial(link)
                .send(Wire.hello(Wire.GATEWAY, link.getLinkId().toByteArray()));
    }

    private static Map<String, byte[]> violations() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("random bytes", Wire.random(11, 4096));
        all.put("unknown type", frame(99, 1, NOTHING));
        all.put("oversize data", frame(Wire.DATA, 0xffffff, 1, new byte[64]));
        all.put("empty data", frame(Wire.DATA, 1, NOTHING));
        all.put("data for a stream that was never opened", frame(Wire.DATA, 1001, new byte[100]));
        all.put("credit for a stream that was never opened", frame(Wire.CREDIT, 1001, Wire.u32(5)));
        all.put("accept of a stream that was never opened", frame(Wire.ACCEPT, 1001, NOTHING));
        all.put("half-close of a stream that was never opened", frame(Wire.HALF_CLOSE, 1001, NOTHING));
        all.put("open with an id of the other side", frame(Wire.OPEN, 3, new byte[] {0, 80, 1, 'i', 0}));
        all.put("open that is cut short", frame(Wire.OPEN, 2, new byte[] {0, 80, 9, 'i'}));
        all.put("data on the link itself", frame(Wire.DATA, 0, new byte[10]));
        all.put("ping on a stream", frame(Wire.PING, 5, Wire.u64(1)));
        all.put("reset with a detail that is too long", frame(Wire.RESET, 1, new byte[300]));
        all.put("acknowledgement of what was not sent", frame(Wire.ACK, 0, Wire.u64(1L << 62)));
        return all;
    }

    private static double protocolErrors() throws IOException {
        return Scrape.of(agent).sum("penstock_links_closed_total", "code=\"protocol_error\"");
    }

    private static void awaitProtocolErrors(double count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(protocolErrors()).isEqualTo(count));
    }

    private static void requireNoGrowth(ProcStat before) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            ProcStat after = agent.process().stat();
            assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + 10);
            assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + 5);
            assertThat(after.residentBytes()).isLessThanOrEqualTo(before.residentBytes() + (48L << 20));
        });
    }
}
