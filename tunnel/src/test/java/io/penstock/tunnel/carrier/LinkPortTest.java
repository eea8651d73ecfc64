package io.penstock.tunnel.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.penstock.tunnel.link.Link;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may come to a link port, and what the others are told. */
final class LinkPortTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int MANY = 100;

    static Stream<Transport> transports() {
        return Stream.of(Transport.EPOLL, Transport.NIO).filter(Transport::isAvailable);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aHelloThatComesWithTheJoinBeginsTheLinkOnItsLoop(Transport transport) throws Exception {
        try (var tester = new LinkPortTester(transport, MANY, LONG);
                TestCarrier gateway = tester.dial()) {
            gateway.sendJoin(LinkPortTester.TOKEN, tester.hello());

            gateway.expectPaired();

            assertThat(gateway.in.readNBytes(LinkHello.LENGTH)).hasSize(LinkHello.LENGTH);
            Link link = tester.nextLink();
            assertThat(((NettyLoop) link.loop()).eventLoop()).isSameAs(tester.home());
            assertThat(tester.lobby.size()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void oneMoreThanFitIsRefused(Transport transport) throws Exception {
        try (var tester = new LinkPortTester(transport, 1, LONG);
                TestCarrier silent = tester.dial()) {
            silent.send("PNSK");
            RelayTester.await("port is full", () -> tester.lobby.size() == 1);

            try (TestCarrier late = tester.dial()) {
                late.expectRefused(JoinRefusal.OVERLOADED);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void refusesOnceHoweverMuchFollows(Transport transport) throws Exception {
        try (var tester = new LinkPortTester(transport, MANY, LONG);
                TestCarrier browser = tester.dial()) {
            browser.send("GET / HTTP/1.1\r\n");
            browser.send("Cookie: " + "x".repeat(100_000));

            browser.expectRefused(JoinRefusal.BAD_PREFACE);

            assertThat(tester.refusals).containsExactly(JoinRefusal.BAD_PREFACE);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void refusesATokenThatIsNotExpected(Transport transport) throws Exception {
        try (var tester = new LinkPortTester(transport, MANY, LONG);
                TestCarrier stranger = tester.dial()) {
            stranger.sendJoin("guess".getBytes(StandardCharsets.UTF_8), tester.hello());

            stranger.expectRefused(JoinRefusal.TOKEN_FORGED);

            assertThat(tester.refusals).containsExactly(JoinRefusal.TOKEN_FORGED);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void closesWhoeverNeverSaysHelloWithoutASecondAnswer(Transport transport) throws Exception {
        try (var tester = new LinkPortTester(transport, MANY, SHORT);
                TestCarrier mute = tester.dial()) {
            mute.sendJoin(LinkPortTester.TOKEN);

            mute.expectPaired();

            assertThat(mute.in.readAllBytes())
                    .as("no hello before theirs, then the end")
                    .isEmpty();
            assertThat(tester.refusals).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void closingRefusesThoseThatOweTheirJoin(Transport transport) throws Exception {
        try (var tester = new LinkPortTester(transport, MANY, LONG);
                TestCarrier slow = tester.dial()) {
            RelayTester.await("it came", () -> tester.lobby.size() == 1);

            tester.port.close();

            slow.expectRefused(JoinRefusal.SHUTTING_DOWN);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void closesACarrierWhoseLoopDoesNotTakeIt(Transport transport) throws Exception {
        EventLoop unfit = new DefaultEventLoop();
        try (var tester = new LinkPortTester(transport, MANY, LONG);
                TestCarrier gateway = tester.dial()) {
            tester.home(unfit);

            gateway.sendJoin(LinkPortTester.TOKEN, tester.hello());

            assertThat(gateway.in.read()).as("no answer, only the end").isEqualTo(-1);
        } finally {
            unfit.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void closesACarrierWhoseLoopHasEnded(Transport transport) throws Exception {
        EventLoop ended = new MultiThreadIoEventLoopGroup(1, transport.ioHandlerFactory()).next();
        ended.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        try (var tester = new LinkPortTester(transport, MANY, LONG);
                TestCarrier gateway = tester.dial()) {
            tester.home(ended);

            gateway.sendJoin(LinkPortTester.TOKEN, tester.hello());

            assertThat(gateway.in.read()).as("no answer, only the end").isEqualTo(-1);
        }
    }
}
