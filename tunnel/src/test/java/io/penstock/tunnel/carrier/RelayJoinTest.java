package io.penstock.tunnel.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.tunnel.carrier.RelayTester.Way;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkSide;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is joined with whom, and what the others are told. */
final class RelayJoinTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final byte[] UNREAD = "frames that nobody will read".getBytes(StandardCharsets.UTF_8);

    static Stream<Way> ways() {
        return Stream.of(Way.values()).filter(Way::isAvailable);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void saysWhyATokenIsRefused(Way way) throws Exception {
        try (var tester = new RelayTester(way)) {
            byte[] forged = tester.tokens.issue(tester.newLink(), LinkSide.AGENT);
            forged[20] ^= 1;
            var yesterday = InstantSource.fixed(Instant.EPOCH.minus(Duration.ofDays(1)));
            var stale = new JoinTokens(new byte[JoinTokens.KEY_LENGTH], yesterday);

            expectRefused(tester, forged, JoinRefusal.TOKEN_FORGED);
            expectRefused(tester, stale.issue(tester.newLink(), LinkSide.AGENT), JoinRefusal.TOKEN_EXPIRED);
            expectRefused(tester, new byte[JoinPreface.MAX_TOKEN], JoinRefusal.TOKEN_FORGED);
            assertThat(tester.events.refusals)
                    .containsExactly(JoinRefusal.TOKEN_FORGED, JoinRefusal.TOKEN_EXPIRED, JoinRefusal.TOKEN_FORGED);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void saysWhyOtherBytesAreRefused(Way way) throws Exception {
        try (var tester = new RelayTester(way)) {
            TestCarrier browser = tester.dial();
            browser.send("GET / HTTP/1.1\r\nHost: relay\r\n\r\n");
            TestCarrier future = tester.dial();
            future.send("PNSK\2");

            browser.expectRefused(JoinRefusal.BAD_PREFACE);
            future.expectRefused(JoinRefusal.UNSUPPORTED_VERSION);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aSilentConnectionMeetsThePrefaceDeadline(Way way) throws Exception {
        try (var tester = new RelayTester(way, RelayTester.deadlines(SHORT, LONG))) {
            TestCarrier silent = tester.dial();
            TestCarrier slow = tester.dial();
            slow.send("PNS");

            silent.expectRefused(JoinRefusal.BAD_PREFACE);
            slow.expectRefused(JoinRefusal.BAD_PREFACE);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aLonelyCarrierMeetsThePairingDeadline(Way way) throws Exception {
        try (var tester = new RelayTester(way, RelayTester.deadlines(LONG, SHORT))) {
            TestCarrier lonely = tester.dial();
            lonely.sendJoin(tester.tokens.issue(tester.newLink(), LinkSide.AGENT), UNREAD);

            lonely.expectRefused(JoinRefusal.PAIRING_TIMEOUT);
            assertThat(tester.events.refusals).containsExactly(JoinRefusal.PAIRING_TIMEOUT);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theNewestWaitingCarrierTakesThePlace(Way way) throws Exception {
        try (var tester = new RelayTester(way)) {
            LinkId link = tester.newLink();
            TestCarrier older = tester.join(link, LinkSide.AGENT);
            RelayTester.await("older waits", () -> tester.relay.waiting() == 1);
            TestCarrier newer = tester.join(link, LinkSide.AGENT);

            older.expectRefused(JoinRefusal.TOKEN_USED);
            TestCarrier gateway = tester.join(link, LinkSide.GATEWAY);

            newer.expectPaired();
            gateway.expectPaired();
            gateway.send("to the newer");
            assertThat(newer.receive(12)).isEqualTo("to the newer");
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aNewCarrierOfAPairedSideResetsThePair(Way way) throws Exception {
        try (var tester = new RelayTester(way)) {
            LinkId link = tester.newLink();
            TestCarrier oldAgent = tester.join(link, LinkSide.AGENT);
            TestCarrier oldGateway = tester.join(link, LinkSide.GATEWAY);
            oldAgent.expectPaired();
            oldGateway.expectPaired();

            TestCarrier newAgent = tester.join(link, LinkSide.AGENT);
            assertThatThrownBy(() -> oldAgent.in.read()).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> oldGateway.in.read()).isInstanceOf(IOException.class);
            TestCarrier newGateway = tester.join(link, LinkSide.GATEWAY);

            newAgent.expectPaired();
            newGateway.expectPaired();
            newAgent.send("alive");
            assertThat(newGateway.receive(5)).isEqualTo("alive");
            RelayTester.await("one pair", () -> tester.relay.pairs() == 1);
        }
    }

    @Test
    void aCarrierThatEndsWhileItWaitsIsForgotten() throws Exception {
        try (var tester = new RelayTester(Way.SPLICE)) {
            LinkId link = tester.newLink();
            TestCarrier gone = tester.join(link, LinkSide.AGENT);
            RelayTester.await("waits", () -> tester.relay.waiting() == 1);

            gone.close();

            RelayTester.await("forgotten", () -> tester.relay.waiting() == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void tooManyAreRefused(Way way) throws Exception {
        try (var tester = new RelayTester(way, settings -> settings.withBounds(1, 1))) {
            TestCarrier waiting = tester.join(tester.newLink(), LinkSide.AGENT);
            RelayTester.await("waits", () -> tester.relay.waiting() == 1);
            tester.join(tester.newLink(), LinkSide.AGENT).expectRefused(JoinRefusal.OVERLOADED);
            RelayTester.await("lobby is empty", () -> tester.relay.joining() == 0);
            TestCarrier silent = tester.dial();
            RelayTester.await("lobby is full", () -> tester.relay.joining() == 1);

            tester.dial().expectRefused(JoinRefusal.OVERLOADED);

            waiting.close();
            silent.close();
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void closingRefusesTheRestAndKeepsThePairs(Way way) throws Exception {
        try (var tester = new RelayTester(way)) {
            TestCarrier[] pair = tester.pair();
            TestCarrier waiting = tester.join(tester.newLink(), LinkSide.AGENT);
            RelayTester.await("waits", () -> tester.relay.waiting() == 1);
            TestCarrier silent = tester.dial();
            RelayTester.await("in the lobby", () -> tester.relay.joining() == 1);

            tester.relay.close();

            waiting.expectRefused(JoinRefusal.SHUTTING_DOWN);
            silent.expectRefused(JoinRefusal.SHUTTING_DOWN);
            pair[0].send("goes on");
            assertThat(pair[1].receive(7)).isEqualTo("goes on");
            tester.relay.closeNow();
            assertThatThrownBy(() -> pair[0].in.read()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aPortInUseIsOneSentence() throws Exception {
        try (var tester = new RelayTester(Way.NIO_COPY)) {
            InetSocketAddress taken = tester.relay.localAddress();
            assertThatThrownBy(() -> RelayServer.start(
                            RelaySettings.listeningOn(taken),
                            Transport.NIO,
                            tester.loops,
                            tester.tokens,
                            RelayEvents.NONE))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageMatching(
                            "relay: cannot listen on \\S+: Address already in use \\(expected: a free address .*\\)");
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void manyPairsAtOnceAllMeet(Way way) throws Exception {
        int count = 300;
        try (var tester = new RelayTester(way)) {
            List<TestCarrier> agents = new ArrayList<>();
            List<TestCarrier> gateways = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                LinkId link = tester.newLink();
                byte[] early = new byte[] {(byte) i, (byte) (i >> 8)};
                agents.add(tester.dial());
                gateways.add(tester.dial());
                agents.get(i).sendJoin(tester.tokens.issue(link, LinkSide.AGENT), early);
                gateways.get(i).sendJoin(tester.tokens.issue(link, LinkSide.GATEWAY), early);
            }
            for (int i = 0; i < count; i++) {
                agents.get(i).expectPaired();
                gateways.get(i).expectPaired();
                assertThat(agents.get(i).in.readNBytes(2)).containsExactly(i, i >> 8);
                assertThat(gateways.get(i).in.readNBytes(2)).containsExactly(i, i >> 8);
            }
            assertThat(tester.relay.pairs()).isEqualTo(count);
            for (int i = 0; i < count; i++) {
                if (i % 2 == 0) {
                    agents.get(i).reset();
                } else {
                    gateways.get(i).close();
                }
            }
            agents.forEach(RelayJoinTest::close);
            RelayTester.await("all unpaired", () -> tester.relay.pairs() == 0);
            assertThat(tester.events.unpaired).hasValue(count);
        }
    }

    private static void expectRefused(RelayTester tester, byte[] token, JoinRefusal refusal) throws IOException {
        try (TestCarrier carrier = tester.dial()) {
            carrier.sendJoin(token, UNREAD);
            carrier.expectRefused(refusal);
        }
    }

    private static void close(TestCarrier carrier) {
        try {
            carrier.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
