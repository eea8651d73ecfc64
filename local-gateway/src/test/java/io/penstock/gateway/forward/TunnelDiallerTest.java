package io.penstock.gateway.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.penstock.gateway.forward.AgentEnd.Answer;
import io.penstock.gateway.session.InterceptRule;
import io.penstock.gateway.session.InterceptState;
import io.penstock.gateway.session.LinkAssignment;
import io.penstock.gateway.session.Route;
import io.penstock.gateway.session.TrafficLimits;
import io.penstock.gateway.testing.Snapshots;
import io.penstock.tunnel.carrier.CarrierWay;
import io.penstock.tunnel.carrier.JoinTokens;
import io.penstock.tunnel.carrier.LinkConnector;
import io.penstock.tunnel.carrier.LinkDoor;
import io.penstock.tunnel.carrier.LinkInvitation;
import io.penstock.tunnel.carrier.LinkMaker;
import io.penstock.tunnel.carrier.RelayEvents;
import io.penstock.tunnel.carrier.RelayServer;
import io.penstock.tunnel.carrier.RelaySettings;
import io.penstock.tunnel.carrier.Transport;
import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.frame.StreamTarget;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkSettings;
import io.penstock.tunnel.link.LinkSide;
import io.penstock.tunnel.metrics.InterceptTally;
import io.penstock.tunnel.relay.DialEvents;
import io.penstock.tunnel.relay.DialPolicy;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.CloseCause.Initiator;
import io.penstock.tunnel.tls.TlsReloads;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The data plane for real: an agent's end, the relay, the gateway's dialler and an app. */
@Timeout(60)
class TunnelDiallerTest {

    private static final LinkId LINK = new LinkId(1, 2);
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final Transport transport = Transport.choose();
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, transport.ioHandlerFactory());
    private final EventLoop loop = loops.next();
    private final JoinTokens tokens = new JoinTokens(new byte[JoinTokens.KEY_LENGTH], InstantSource.system());
    private final RelayServer relay = RelayServer.start(
            RelaySettings.listeningOn(new InetSocketAddress(HERE, 0)), transport, loops, tokens, new RelayEvents() {});
    private final InterceptTally tally = new InterceptTally();
    private final LinkConnector connector =
            new LinkConnector(transport, new LinkMaker(LinkSettings.defaults(), new MemoryBudget(1 << 24), tally));
    private final HoldBook holds = new HoldBook(new HoldLimits(2, 1 << 20));
    private final FakeNames names = new FakeNames();
    private final TunnelDialler dialler = new TunnelDialler(
            connector,
            List.of(loop),
            new DialTerms(
                    transport.socketChannel(), DialPolicy.defaults(), DialEvents.NONE, holds, Duration.ofSeconds(5)),
            names.lookup(),
            new TlsBook(new TlsReloads()));
    private final List<Link> links = new ArrayList<>();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @AfterEach
    void close() throws InterruptedException {
        for (Link link : links) {
            loop.execute(() -> link.close(CloseCause.ofLink(ResetCode.SHUTDOWN, Initiator.APPLICATION, "test over")));
            assertThat(next()).startsWith("closed");
        }
        relay.closeNow();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
    }

    @Test
    void takesAStreamToItsTargetAndBack() throws Exception {
        try (ServerSocket app = new ServerSocket(0, 50, HERE)) {
            serve("127.0.0.1:" + app.getLocalPort());
            Thread echo = new Thread(() -> echoOnce(app));
            echo.start();

            Answer answer = AgentEnd.ask(link(), new StreamTarget("i-1", 8080, "10.1.2.3:4"), "hello");

            assertThat(answer.bytes()).isEqualTo("hello");
            assertThat(answer.cause().code()).isEqualTo(ResetCode.NONE);
            echo.join();
        }
    }

    @Test
    void refusesWhatItDoesNotServe() throws Exception {
        serve("127.0.0.1:1");

        Answer answer = AgentEnd.ask(link(), new StreamTarget("i-2", 8080, ""), "hello");

        assertThat(answer.cause().code()).isEqualTo(ResetCode.UNKNOWN_TARGET);
        assertThat(answer.cause().detail()).contains("i-2");
    }

    @Test
    void saysThatATargetHasNoAddress() throws Exception {
        serve("no-such-host:3000");

        Answer answer = AgentEnd.ask(link(), new StreamTarget("i-1", 8080, ""), "hello");

        assertThat(answer.cause().code()).isEqualTo(ResetCode.DIAL_FAILED);
        assertThat(answer.cause().detail())
                .isEqualTo("target: no-such-host:3000 has no address (expected: a name that the gateway's machine can"
                        + " look up)");
    }

    @Test
    void saysThatTheAppRefused() throws Exception {
        serve("127.0.0.1:" + freePort());

        Answer answer = AgentEnd.ask(link(), new StreamTarget("i-1", 8080, ""), "hello");

        assertThat(answer.cause().code()).isEqualTo(ResetCode.APP_REFUSED);
    }

    @Test
    void refusesAStreamThatIsOneTooMany() throws Exception {
        AtomicLong open = new AtomicLong(3);
        try (ServerSocket app = new ServerSocket(0, 50, HERE)) {
            InterceptRule rule = Snapshots.rule("i-1", InterceptState.ACTIVE, "127.0.0.1:" + app.getLocalPort());
            dialler.serve(TargetTableTest.table(open::get, Snapshots.limited(rule, new TrafficLimits(3, 0))));
            Link link = link();
            Thread echo = new Thread(() -> echoOnce(app));
            echo.start();
            Answer within = AgentEnd.ask(link, new StreamTarget("i-1", 8080, ""), "hello");
            echo.join();
            open.set(4);

            Answer above = AgentEnd.ask(link, new StreamTarget("i-1", 8080, ""), "hello");

            assertThat(within.bytes()).isEqualTo("hello");
            assertThat(above.cause().code()).isEqualTo(ResetCode.REFUSED_LIMIT);
            assertThat(above.cause().detail())
                    .isEqualTo("intercept i-1 has its 3 streams (expected: no more, its limit)");
        }
    }

    @Test
    void holdsAStreamUntilTheAppListens() throws Exception {
        int port = freePort();
        serveHolding("127.0.0.1:" + port, Duration.ofMinutes(5));
        Link link = link();
        CompletableFuture<Answer> answer = AgentEnd.begin(link, new StreamTarget("i-1", 8080, ""), "hello");
        awaitHeld(1, 5);

        try (ServerSocket app = new ServerSocket(port, 50, HERE)) {
            Thread echo = new Thread(() -> echoOnce(app));
            echo.start();

            assertThat(answer.get(20, TimeUnit.SECONDS).bytes()).isEqualTo("hello");
            echo.join();
        }
        assertThat(holds.count(HoldOutcome.WENT_THROUGH)).isEqualTo(1);
        awaitHeld(0, 0);
    }

    @Test
    void refusesWhenTheHoldIsOver() throws Exception {
        serveHolding("127.0.0.1:" + freePort(), Duration.ofMillis(120));

        Answer answer = AgentEnd.ask(link(), new StreamTarget("i-1", 8080, ""), "hello");

        assertThat(answer.cause().code()).isEqualTo(ResetCode.APP_REFUSED);
        assertThat(holds.count(HoldOutcome.GAVE_UP)).isEqualTo(1);
    }

    @Test
    void refusesAtOnceWhatHasNoRoomToWait() throws Exception {
        serveHolding("127.0.0.1:" + freePort(), Duration.ofMinutes(5));
        Link link = link();
        AgentEnd.begin(link, new StreamTarget("i-1", 8080, ""), "one");
        AgentEnd.begin(link, new StreamTarget("i-1", 8080, ""), "two");
        awaitHeld(2, 6);

        Answer third = AgentEnd.ask(link, new StreamTarget("i-1", 8080, ""), "three");

        assertThat(third.cause().code()).isEqualTo(ResetCode.APP_REFUSED);
        assertThat(holds.count(HoldOutcome.OVERFLOW)).isEqualTo(1);
        assertThat(holds.streams()).isEqualTo(2);
    }

    @Test
    void letsThoseGoWhoseInterceptIsLeft() throws Exception {
        InterceptRule rule = serveHolding("127.0.0.1:" + freePort(), Duration.ofMinutes(5));
        Link link = link();
        CompletableFuture<Answer> answer = AgentEnd.begin(link, new StreamTarget("i-1", 8080, ""), "hello");
        awaitHeld(1, 5);

        InterceptRule left = Snapshots.rule(
                "i-1", InterceptState.DRAINING, rule.ports().get(0).target());
        dialler.serve(TargetTableTest.table(Snapshots.holding(left, Duration.ofMinutes(5))));

        assertThat(answer.get(20, TimeUnit.SECONDS).cause().code()).isEqualTo(ResetCode.GOING_AWAY);
    }

    @Test
    void followsATargetThatMovesWhileItIsWaitedFor() throws Exception {
        serveHolding("127.0.0.1:" + freePort(), Duration.ofMinutes(5));
        Link link = link();
        CompletableFuture<Answer> answer = AgentEnd.begin(link, new StreamTarget("i-1", 8080, ""), "hello");
        awaitHeld(1, 5);

        try (ServerSocket app = new ServerSocket(0, 50, HERE)) {
            Thread echo = new Thread(() -> echoOnce(app));
            echo.start();
            serveHolding("127.0.0.1:" + app.getLocalPort(), Duration.ofMinutes(5));

            assertThat(answer.get(20, TimeUnit.SECONDS).bytes()).isEqualTo("hello");
            echo.join();
        }
    }

    @Test
    void forgetsThoseWhoWaitWhenTheirLinkIsLost() throws Exception {
        serveHolding("127.0.0.1:" + freePort(), Duration.ofMinutes(5));
        Link link = link();
        AgentEnd.begin(link, new StreamTarget("i-1", 8080, ""), "hello");
        awaitHeld(1, 5);

        loop.execute(() -> link.close(CloseCause.ofLink(ResetCode.SHUTDOWN, Initiator.APPLICATION, "")));

        awaitHeld(0, 0);
        assertThat(holds.count(HoldOutcome.GONE)).isEqualTo(1);
    }

    @Test
    void drainsALinkThatIsNoLongerWanted() throws Exception {
        LinkDialler.DialledLink dialled = dialler.dial(assignment(relayAddress()), new Told());
        agentDial();
        assertThat(next()).isEqualTo("open");

        dialled.drain();

        assertThat(next()).isEqualTo("draining");
        assertThat(next()).startsWith("closed NONE");
    }

    @Test
    void givesUpADialThatIsNoLongerWanted() throws Exception {
        LinkDialler.DialledLink dialled = dialler.dial(assignment(relayAddress()), new Told());

        dialled.drain();

        assertThat(next()).startsWith("closed CANCELLED");
    }

    @Test
    void looksTheRelaysNameUp() throws Exception {
        names.set("relay", "127.0.0.1");

        dialler.dial(assignment("relay:" + relay.localAddress().getPort()), new Told());
        io.netty.util.concurrent.Future<Link> agent = agentDial();
        names.answer();

        assertThat(next()).isEqualTo("open");
        links.add(agent.get(20, TimeUnit.SECONDS));
    }

    @Test
    void asksNobodyForAnAddress() throws Exception {
        names.full = true;

        assertThat(link()).isNotNull();
    }

    @Test
    void saysThatALinkIsNotLookedUp() throws Exception {
        dialler.dial(assignment("relay:7070"), new Told());
        names.answer();
        assertThat(next()).endsWith("relay:7070 (expected: a host with an address)");

        names.full = true;
        dialler.dial(assignment("relay:7070"), new Told());
        assertThat(next())
                .isEqualTo("closed DIAL_FAILED link address: look-up of relay:7070: not begun, too many wait"
                        + " (expected: a name service that answers)");
    }

    @Test
    void saysWhyALinkCannotBe() throws Exception {
        dialler.dial(assignment("127.0.0.1:" + freePort()), new Told());
        assertThat(next()).startsWith("closed DIAL_FAILED");

        dialler.dial(assignment("nonsense"), new Told());
        assertThat(next()).contains("link address: 'nonsense' (expected: host:port");

        dialler.dial(Snapshots.link(1, relayAddress()), new Told());
        assertThat(next()).startsWith("closed TOKEN_FORGED");
    }

    private void serve(String target) {
        InterceptRule rule = Snapshots.rule("i-1", InterceptState.ACTIVE, target);
        dialler.serve(TargetTableTest.table(rule));
    }

    private InterceptRule serveHolding(String target, Duration hold) {
        InterceptRule rule = Snapshots.holding(Snapshots.rule("i-1", InterceptState.ACTIVE, target), hold);
        dialler.serve(TargetTableTest.table(rule));
        return rule;
    }

    private void awaitHeld(long streams, long bytes) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (holds.streams() != streams || holds.bytes() != bytes) {
            assertThat(System.nanoTime())
                    .as("%s held, %s bytes", holds.streams(), holds.bytes())
                    .isLessThan(until);
            loop.schedule(() -> {}, 2, TimeUnit.MILLISECONDS).get(10, TimeUnit.SECONDS);
        }
    }

    private Link link() throws Exception {
        dialler.dial(assignment(relayAddress()), new Told());
        Link link = agentDial().get(20, TimeUnit.SECONDS);
        assertThat(next()).isEqualTo("open");
        links.add(link);
        return link;
    }

    private io.netty.util.concurrent.Future<Link> agentDial() {
        LinkInvitation invitation = new LinkInvitation(LINK, LinkSide.AGENT, new AgentEnd());
        return connector.dial(
                loop,
                new LinkDoor.Opening(CarrierWay.plain(relay.localAddress()), tokens.issue(LINK, LinkSide.AGENT)),
                invitation);
    }

    private LinkAssignment assignment(String address) {
        byte[] token = tokens.issue(LINK, LinkSide.GATEWAY);
        return new LinkAssignment(LINK, 0, "agent-1", Route.RELAY, new LinkAssignment.Door(address, token));
    }

    private String relayAddress() {
        return "127.0.0.1:" + relay.localAddress().getPort();
    }

    private String next() throws InterruptedException {
        return Objects.requireNonNull(told.poll(20, TimeUnit.SECONDS), "nothing told within 20 s");
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, HERE)) {
            return free.getLocalPort();
        }
    }

    private static void echoOnce(ServerSocket app) {
        try (Socket caller = app.accept();
                InputStream in = caller.getInputStream()) {
            caller.getOutputStream().write(in.readAllBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes down what it hears. Thread-safe. */
    private final class Told implements LinkDialler.Watcher {
        @Override
        public void onOpen() {
            told.add("open");
        }

        @Override
        public void onResuming(String why) {
            told.add("resuming");
        }

        @Override
        public void onDraining() {
            told.add("draining");
        }

        @Override
        public void onClosed(String code, String detail) {
            told.add("closed " + code + " " + detail);
        }
    }
}
