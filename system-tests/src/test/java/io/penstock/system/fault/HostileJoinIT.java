package io.penstock.system.fault;

import static io.penstock.system.fault.Wire.join;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.load.StormReport;
import io.penstock.bench.process.ProcStat;
import io.penstock.bench.process.ServiceProcess;
import io.penstock.system.stage.Bystanders;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.RawCaller;
import io.penstock.system.stage.Scrape;
import io.penstock.system.stage.Stage;
import io.penstock.tunnel.carrier.JoinRefusal;
import io.penstock.tunnel.carrier.JoinToken;
import io.penstock.tunnel.carrier.JoinTokens;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkSide;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** F10, where carriers join: what is no JOIN, or has no good token, is refused with a code and a counter, and that is all. */
@Timeout(value = 120, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileJoinIT {
    private static final int TIMES = 50;

    @RegisterExtension
    static final Stage STAGE = Stage.relayed();

    private final Map<Port, ProcStat> before = new EnumMap<>(Port.class);
    private Diversion diversion;
    private Bystanders bystanders;

    /** Where carriers may be sent. */
    enum Port {
        RELAY("penstock_manager_relay_refused_total", "code"),
        LINK_PORT("penstock_agent_link_port_refused_total", "reason");

        private final String counter;
        private final String tag;

        Port(String counter, String tag) {
            this.counter = counter;
            this.tag = tag;
        }

        InetSocketAddress address() {
            if (this == LINK_PORT) {
                return STAGE.stack().agentTerms().linkAddress();
            }
            String[] relay = STAGE.stack().managerTerms().relayAddress().split(":");
            return new InetSocketAddress(relay[0], Integer.parseInt(relay[1]));
        }

        ServiceProcess service() {
            return this == RELAY ? STAGE.stack().manager() : STAGE.stack().agent();
        }

        double refused(JoinRefusal refusal) throws IOException {
            return Scrape.of(service()).sum(counter, tag + "=\"" + refusal.label() + "\"");
        }
    }

    /** Something sent, and the code that it is to be answered with. Immutable. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Attempt(String name, byte[] bytes, JoinRefusal refusal) {}

    @BeforeEach
    void haveBystanders() throws IOException {
        diversion = STAGE.divert(STAGE.laptop());
        for (Port port : Port.values()) {
            before.put(port, port.service().process().stat());
        }
        bystanders = Bystanders.start(STAGE.door(), 50, 200);
    }

    @AfterEach
    void requireThatBystandersNoticedNothing() throws Exception {
        StormReport report = bystanders.finish();
        assertThat(report.failed())
                .as("%s %s", report.failures(), report.samples())
                .isZero();
        assertThat(report.answeredBy()).isEqualTo(Map.of(Stage.LAPTOP, report.requests()));
        bystanders.close();
        // Only now, because their connections come and go.
        before.forEach(HostileJoinIT::requireNoGrowth);
        diversion.close();
    }

    @ParameterizedTest
    @EnumSource(Port.class)
    void refusesWhatIsNoJoinWithACodeAndACounter(Port port) throws IOException {
        for (Attempt attempt : attempts(port)) {
            double counted = port.refused(attempt.refusal());
            for (int i = 0; i < TIMES; i++) {
                requireRefusal(port, attempt);
            }
            assertThat(port.refused(attempt.refusal())).as(attempt.name()).isEqualTo(counted + TIMES);
        }
    }

    @ParameterizedTest
    @EnumSource(Port.class)
    void endsWhoNeverFinishesItsJoin(Port port) throws IOException {
        double counted = port.refused(JoinRefusal.BAD_PREFACE);
        List<RawCaller> silent = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            silent.add(RawCaller.dial(port.address()).say("PNSK".substring(0, i % 5)));
        }

        for (RawCaller caller : silent) {
            caller.readToEnd();
            caller.close();
        }

        assertThat(port.refused(JoinRefusal.BAD_PREFACE)).isEqualTo(counted + TIMES);
    }

    @Test
    void replacesACarrierByTheNewestOfItsSideAndDoesNotWaitForEver() throws IOException {
        byte[] token = tokens().issue(LinkId.random(new SecureRandom()), LinkSide.GATEWAY);
        double used = Port.RELAY.refused(JoinRefusal.TOKEN_USED);

        try (RawCaller older = RawCaller.dial(Port.RELAY.address()).send(join(token));
                RawCaller newer = RawCaller.dial(Port.RELAY.address())) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(Scrape.of(STAGE.stack().manager()).sum("penstock_manager_relay_waiting"))
                                    .isPositive());
            newer.send(join(token));

            assertThat(older.in().read()).isEqualTo(JoinRefusal.TOKEN_USED.wire());
            assertThat(newer.in().read()).isEqualTo(JoinRefusal.PAIRING_TIMEOUT.wire());
            assertThat(Port.RELAY.refused(JoinRefusal.TOKEN_USED)).isEqualTo(used + 1);
        }
    }

    private static List<Attempt> attempts(Port port) throws IOException {
        byte[] token = tokens().issue(LinkId.random(new SecureRandom()), LinkSide.GATEWAY);
        byte[] forged = token.clone();
        forged[30] ^= 1;
        byte[] stale = tokens().sign(
                        new JoinToken(LinkId.random(new SecureRandom()), LinkSide.GATEWAY, Instant.ofEpochSecond(1)));
        // Only the relay can read a token; to the link port it is one that it was told of, or not.
        JoinRefusal old = port == Port.RELAY ? JoinRefusal.TOKEN_EXPIRED : JoinRefusal.TOKEN_FORGED;
        return List.of(
                new Attempt("random", Wire.random(7, 4096), JoinRefusal.BAD_PREFACE),
                new Attempt("HTTP", "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII), JoinRefusal.BAD_PREFACE),
                new Attempt(
                        "TLS", new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3}, JoinRefusal.TLS_NOT_SPOKEN),
                new Attempt("kind", join("PNSK", 1, 7, token.length, token), JoinRefusal.BAD_PREFACE),
                new Attempt("oversize token", join("PNSK", 1, 1, 65_535, token), JoinRefusal.BAD_PREFACE),
                new Attempt("empty token", join("PNSK", 1, 1, 0, new byte[0]), JoinRefusal.BAD_PREFACE),
                new Attempt("version", join("PNSK", 9, 1, token.length, token), JoinRefusal.UNSUPPORTED_VERSION),
                new Attempt("forged token", join(forged), JoinRefusal.TOKEN_FORGED),
                new Attempt("short token", join(new byte[] {1}), JoinRefusal.TOKEN_FORGED),
                new Attempt("stale token", join(stale), old));
    }

    private static void requireRefusal(Port port, Attempt attempt) throws IOException {
        try (RawCaller caller = RawCaller.dial(port.address()).send(attempt.bytes())) {
            DataInputStream in = new DataInputStream(caller.in());
            assertThat(in.readUnsignedByte())
                    .as(attempt.name())
                    .isEqualTo(attempt.refusal().wire());
            byte[] detail = in.readNBytes(in.readUnsignedByte());
            assertThat(new String(detail, US_ASCII)).as(attempt.name()).isNotBlank();
            assertThat(caller.readToEnd().bytes())
                    .as("bytes behind the refusal")
                    .isZero();
        }
    }

    private static void requireNoGrowth(Port port, ProcStat before) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            ProcStat after = port.service().process().stat();
            assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + 10);
            assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + 5);
            assertThat(after.residentBytes()).isLessThanOrEqualTo(before.residentBytes() + (48L << 20));
        });
    }

    /** Signs as the manager does, with its own key. */
    private static JoinTokens tokens() throws IOException {
        String key = Files.readString(STAGE.stack().managerTerms().tokenFile().resolveSibling("join-key"));
        return new JoinTokens(Base64.getUrlDecoder().decode(key.strip()), InstantSource.system());
    }
}
