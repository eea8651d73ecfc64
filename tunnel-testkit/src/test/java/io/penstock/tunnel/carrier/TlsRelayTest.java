package io.penstock.tunnel.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkSettings;
import io.penstock.tunnel.link.LinkSide;
import io.penstock.tunnel.link.TunnelEvents;
import io.penstock.tunnel.testkit.Authority;
import io.penstock.tunnel.testkit.RecordingService;
import io.penstock.tunnel.tls.ClientTls;
import io.penstock.tunnel.tls.ServerTls;
import io.penstock.tunnel.tls.TlsFiles;
import io.penstock.tunnel.tls.TlsReloads;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A relay that speaks TLS, with the JDK's own TLS at the other end of the wire. */
@Timeout(120)
final class TlsRelayTest {

    private static final int BULK = 8 << 20;

    @TempDir
    static Path directory = Path.of("");

    private static Authority ours;
    private static Authority foreign;
    private static TlsFiles.Identity relayFiles;
    private static TlsFiles.Identity clientFiles;

    private final Transport transport = Transport.choose("auto");
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, transport.ioHandlerFactory());
    private final JoinTokens tokens =
            new JoinTokens(new byte[JoinTokens.KEY_LENGTH], InstantSource.fixed(Instant.EPOCH));
    private final BlockingQueue<JoinRefusal> refusals = new LinkedBlockingQueue<>();
    private final TlsReloads reloads = new TlsReloads();
    private final OpenCarriers carriers = new OpenCarriers();
    private final List<AutoCloseable> closed = new ArrayList<>();

    @BeforeAll
    static void issue() throws IOException {
        ours = Authority.in(directory, "ours");
        foreign = Authority.in(directory, "foreign");
        relayFiles = ours.issue("relay");
        clientFiles = ours.issue("client");
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : closed) {
            each.close();
        }
        // Quiet first: a channel that is closing gives its engine back in a later turn of its loop.
        loops.shutdownGracefully(200, 5000, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }

    private RelayServer relay(Optional<TlsFiles> files) {
        return relay(files, RelaySettings.listeningOn(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    }

    private RelayServer relay(Optional<TlsFiles> files, RelaySettings settings) {
        RelaySettings spoken = files.map(some -> {
                    ServerTls tls = ServerTls.open(some, reloads);
                    closed.add(tls);
                    return settings.withTls(tls);
                })
                .orElse(settings);
        RelayServer relay = RelayServer.start(spoken, transport, loops, tokens, new RelayEvents() {
            @Override
            public void refused(JoinRefusal refusal) {
                refusals.add(refusal);
            }
        });
        closed.add(0, relay::closeNow);
        return relay;
    }

    private static TlsFiles anybody() {
        return new TlsFiles(Optional.empty(), Optional.of(relayFiles));
    }

    private SSLSocket dial(RelayServer relay, String version) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (var in = Files.newInputStream(ours.certificate())) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(
                        InetAddress.getLoopbackAddress(), relay.localAddress().getPort());
        socket.setEnabledProtocols(new String[] {version});
        socket.setSoTimeout(30_000);
        return socket;
    }

    private SSLSocket join(RelayServer relay, String version, LinkId link, LinkSide side) throws Exception {
        SSLSocket socket = dial(relay, version);
        socket.getOutputStream().write(join(tokens.issue(link, side)));
        return socket;
    }

    private static byte[] join(byte[] token) {
        ByteBuf join = Unpooled.buffer();
        JoinPreface.write(token, join);
        return ByteBufUtil.getBytes(join);
    }

    private SSLSocket[] pair(RelayServer relay, String version) throws Exception {
        LinkId link = LinkId.random(new SecureRandom());
        SSLSocket agent = join(relay, version, link, LinkSide.AGENT);
        SSLSocket gateway = join(relay, version, link, LinkSide.GATEWAY);
        assertThat(agent.getInputStream().readNBytes(2)).containsExactly(0, 0);
        assertThat(gateway.getInputStream().readNBytes(2)).containsExactly(0, 0);
        return new SSLSocket[] {agent, gateway};
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void movesBulkBothWaysAndThenTheEnd(String version) throws Exception {
        RelayServer relay = relay(Optional.of(anybody()));
        SSLSocket[] pair = pair(relay, version);
        byte[] bulk = new byte[BULK];
        new Random(5).nextBytes(bulk);

        for (int from = 0; from < 2; from++) {
            SSLSocket source = pair[from];
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    source.getOutputStream().write(bulk);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThat(pair[1 - from].getInputStream().readNBytes(BULK)).isEqualTo(bulk);
            sent.join();
        }
        pair[0].getOutputStream().write(bulk, 0, 100_000);
        pair[0].close();

        assertThat(pair[1].getInputStream().readAllBytes()).hasSize(100_000);
        pair[1].close();
        awaitNoPairs(relay);
    }

    @Test
    void resetsTheOtherSideWhenAStreamIsCutShort() throws Exception {
        RelayServer relay = relay(Optional.of(anybody()));
        LinkId link = LinkId.random(new SecureRandom());
        SSLSocket gateway = join(relay, "TLSv1.3", link, LinkSide.GATEWAY);
        // A connection under the JDK's TLS that can be ended without the alert.
        try (Socket wire = new Socket(
                InetAddress.getLoopbackAddress(), relay.localAddress().getPort())) {
            SSLSocket agent = overlay(wire);
            agent.getOutputStream().write(join(tokens.issue(link, LinkSide.AGENT)));
            assertThat(agent.getInputStream().readNBytes(2)).containsExactly(0, 0);
            assertThat(gateway.getInputStream().readNBytes(2)).containsExactly(0, 0);
            agent.getOutputStream().write(new byte[] {1, 2, 3});
            assertThat(gateway.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);

            wire.shutdownOutput();

            assertThatThrownBy(() -> gateway.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        awaitNoPairs(relay);
    }

    private static SSLSocket overlay(Socket wire) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new javax.net.ssl.TrustManager[] {new Anybody()}, null);
        return (SSLSocket) context.getSocketFactory().createSocket(wire, "localhost", wire.getPort(), false);
    }

    /** Trusts everybody: here it is about the bytes. */
    private static final class Anybody extends javax.net.ssl.X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Test
    void tellsAPeerWithoutTlsWhatIsWrong() throws Exception {
        RelayServer relay = relay(Optional.of(anybody()));

        assertThatThrownBy(() -> link(relay, Optional.empty()))
                .hasMessageContaining("TLS is spoken here, and this carrier does not begin it");
        assertThat(refusals.take()).isEqualTo(JoinRefusal.TLS_REQUIRED);
    }

    @Test
    void tellsAPeerWithTlsThatNobodySpeaksIt() throws Exception {
        RelayServer relay = relay(Optional.empty());

        assertThatThrownBy(() -> link(relay, Optional.of(ours.trust())))
                .hasMessageContaining("TLS: the far end does not speak it");
        assertThat(refusals.take()).isEqualTo(JoinRefusal.TLS_NOT_SPOKEN);
    }

    @Test
    void refusesACertificateOfAnotherAuthorityInOneSentence() throws Exception {
        RelayServer relay = relay(Optional.of(anybody()));

        assertThatThrownBy(() -> link(relay, Optional.of(foreign.trust())))
                .hasMessageContaining("certificate is not trusted")
                .hasMessageNotContaining("\n");
        assertThat(refusals.take()).isEqualTo(JoinRefusal.TLS_FAILED);
    }

    @Test
    void asksForAClientsCertificate() throws Exception {
        RelayServer relay = relay(Optional.of(ours.trustAs(relayFiles)));

        assertThatThrownBy(() -> link(relay, Optional.of(ours.trust())))
                .hasMessageContaining("TLS: the far end refused");
        assertThat(refusals.take()).isEqualTo(JoinRefusal.TLS_FAILED);

        LinkId id = LinkId.random(new SecureRandom());
        Optional<TlsFiles> known = Optional.of(ours.trustAs(clientFiles));
        var agent = dialLink(relay, known, id, LinkSide.AGENT);
        var gateway = dialLink(relay, known, id, LinkSide.GATEWAY);
        assertThat(agent.get(20, TimeUnit.SECONDS).id()).isEqualTo(id);
        assertThat(gateway.get(20, TimeUnit.SECONDS).id()).isEqualTo(id);
        closed.add(0, () -> leave(agent.getNow(), gateway.getNow()));
    }

    @Test
    void joinsThoseWhoseBundlesHoldAnAuthorityThatIsOver() throws Exception {
        Path bundle = directory.resolve("bundle.crt");
        Path over = Authority.expiredIn(directory, "over").certificate();
        Files.writeString(bundle, Files.readString(over) + Files.readString(ours.certificate()));
        RelayServer relay = relay(Optional.of(new TlsFiles(Optional.of(bundle), Optional.of(relayFiles))));
        Optional<TlsFiles> known = Optional.of(new TlsFiles(Optional.of(bundle), Optional.of(clientFiles)));
        LinkId id = LinkId.random(new SecureRandom());

        var agent = dialLink(relay, known, id, LinkSide.AGENT);
        var gateway = dialLink(relay, known, id, LinkSide.GATEWAY);

        assertThat(agent.get(20, TimeUnit.SECONDS).id()).isEqualTo(id);
        assertThat(gateway.get(20, TimeUnit.SECONDS).id()).isEqualTo(id);
        closed.add(0, () -> leave(agent.getNow(), gateway.getNow()));
    }

    @Test
    void tellsARelayThatWaitsFromOneThatDoesNotAnswer() throws Exception {
        RelayServer relay = relay(Optional.of(anybody()));
        ClientTls tls = ClientTls.open(ours.trust(), Optional.empty(), reloads);
        closed.add(tls);
        LinkMaker maker =
                new LinkMaker(LinkSettings.defaults(), new MemoryBudget(1 << 28), TunnelEvents.NONE, carriers);
        var patience = new LinkConnector.Patience(3_000, 2_000);
        LinkId id = LinkId.random(new SecureRandom());

        var lonely = new LinkConnector(transport, maker, patience, patience)
                .dial(
                        loops.next(),
                        new LinkDoor.Opening(
                                new CarrierWay.Socket(relay.localAddress(), Optional.of(tls)),
                                tokens.issue(id, LinkSide.GATEWAY)),
                        new LinkInvitation(id, LinkSide.GATEWAY, new RecordingService()));

        assertThat(lonely.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(((TunnelException) lonely.cause()).code()).isEqualTo("PAIRING_TIMEOUT");
    }

    @Test
    void showsANewCertificateToNewCarriersAndKeepsTheOldOnes() throws Exception {
        TlsFiles.Identity rotated = ours.issue("rotated");
        RelayServer relay = relay(Optional.of(new TlsFiles(Optional.empty(), Optional.of(rotated))));
        SSLSocket[] before = pair(relay, "TLSv1.3");

        ours.issue("rotated");
        SSLSocket[] after = pair(relay, "TLSv1.3");

        assertThat(serial(after[0])).isNotEqualTo(serial(before[0]));
        before[0].getOutputStream().write(42);
        assertThat(before[1].getInputStream().read()).isEqualTo(42);
        assertThat(reloads.taken()).isEqualTo(1);
    }

    @Test
    void boundsThoseWhoOwnAHandshake() throws Exception {
        RelaySettings settings = RelaySettings.listeningOn(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .withBounds(4, 4)
                .withDeadlines(Duration.ofSeconds(2), Duration.ofSeconds(10));
        RelayServer relay = relay(Optional.of(anybody()), settings);
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Socket socket = new Socket(
                    InetAddress.getLoopbackAddress(), relay.localAddress().getPort());
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(new byte[] {22, 3, 1});
            silent.add(socket);
        }
        awaitTrue(() -> relay.joining() == 4);

        try (Socket late = new Socket(
                InetAddress.getLoopbackAddress(), relay.localAddress().getPort())) {
            late.setSoTimeout(30_000);
            assertThat(late.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(refusals.take()).isEqualTo(JoinRefusal.OVERLOADED);
        for (Socket socket : silent) {
            assertThat(new DataInputStream(socket.getInputStream()).read()).isEqualTo(-1);
            socket.close();
        }
        awaitTrue(() -> relay.joining() == 0);
    }

    private static Object serial(SSLSocket socket) throws IOException {
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
    }

    private static void awaitNoPairs(RelayServer relay) {
        awaitTrue(() -> relay.pairs() == 0);
    }

    private static void awaitTrue(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("half a minute is over").isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }

    private void leave(Link... links) {
        for (Link link : links) {
            link.loop()
                    .execute(() -> link.close(io.penstock.tunnel.stream.CloseCause.ofLink(
                            io.penstock.tunnel.frame.ResetCode.SHUTDOWN,
                            io.penstock.tunnel.stream.CloseCause.Initiator.APPLICATION,
                            "over")));
        }
        assertThat(carriers.awaitClosed(Duration.ofSeconds(20))).isTrue();
    }

    private void link(RelayServer relay, Optional<TlsFiles> files) throws Exception {
        try {
            dialLink(relay, files, LinkId.random(new SecureRandom()), LinkSide.GATEWAY)
                    .get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    private io.netty.util.concurrent.Future<Link> dialLink(
            RelayServer relay, Optional<TlsFiles> files, LinkId id, LinkSide side) {
        LinkMaker maker =
                new LinkMaker(LinkSettings.defaults(), new MemoryBudget(1 << 28), TunnelEvents.NONE, carriers);
        Optional<ClientTls> tls = files.map(some -> ClientTls.open(some, Optional.empty(), reloads));
        tls.ifPresent(closed::add);
        return new LinkConnector(transport, maker)
                .dial(
                        loops.next(),
                        new LinkDoor.Opening(new CarrierWay.Socket(relay.localAddress(), tls), tokens.issue(id, side)),
                        new LinkInvitation(id, side, new RecordingService()));
    }
}
