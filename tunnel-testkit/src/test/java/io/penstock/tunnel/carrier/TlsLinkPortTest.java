package io.penstock.tunnel.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkSettings;
import io.penstock.tunnel.link.LinkSide;
import io.penstock.tunnel.link.TunnelEvents;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.testkit.Authority;
import io.penstock.tunnel.testkit.RecordingService;
import io.penstock.tunnel.tls.ClientTls;
import io.penstock.tunnel.tls.ServerTls;
import io.penstock.tunnel.tls.TlsReloads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A link port that speaks TLS and asks for a certificate; the JOIN and the hello behind it come in one read. */
@Timeout(60)
final class TlsLinkPortTest {

    private static final LinkId LINK = new LinkId(7, 8);

    @TempDir
    static Path directory = Path.of("");

    private static Authority authority;

    private final Transport transport = Transport.choose("auto");
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, transport.ioHandlerFactory());
    private final EventLoop portLoop = loops.next();
    private final EventLoop otherLoop = loops.next();
    private final OpenCarriers carriers = new OpenCarriers();
    private final LinkMaker maker =
            new LinkMaker(LinkSettings.defaults(), new MemoryBudget(1 << 20), TunnelEvents.NONE, carriers);
    private final TlsReloads reloads = new TlsReloads();

    @BeforeAll
    static void issue() throws IOException {
        authority = Authority.in(directory, "authority");
    }

    @AfterEach
    void stop() {
        loops.shutdownGracefully(200, 5000, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesALinkToItsLoop(boolean moves) throws Exception {
        EventLoop home = moves ? otherLoop : portLoop;
        Expecting expecting = new Expecting(home);
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ServerTls server = ServerTls.open(authority.trustAs(authority.issue("agent")), reloads);
                ClientTls client =
                        ClientTls.open(authority.trustAs(authority.issue("gateway")), Optional.empty(), reloads);
                LinkPort port = LinkPort.open(
                        portLoop, transport, new LinkPort.Place(any, Optional.of(server)), maker, expecting)) {
            Link dialled = new LinkConnector(transport, maker)
                    .dial(
                            otherLoop,
                            new LinkDoor.Opening(
                                    new CarrierWay.Socket(port.localAddress(), Optional.of(client)), new byte[] {7}),
                            new LinkInvitation(LINK, LinkSide.GATEWAY, new RecordingService()))
                    .get(20, TimeUnit.SECONDS);

            Link accepted = expecting.link.get(20, TimeUnit.SECONDS);

            assertThat(accepted.id()).isEqualTo(LINK);
            assertThat(((NettyLoop) accepted.loop()).eventLoop()).isSameAs(home);
            dialled.loop()
                    .execute(() -> dialled.close(
                            CloseCause.ofLink(ResetCode.SHUTDOWN, CloseCause.Initiator.APPLICATION, "over")));
            assertThat(carriers.awaitClosed(Duration.ofSeconds(20))).isTrue();
        }
    }

    /** Expects one link, on that loop. */
    private static final class Expecting implements LinkAdmission {
        private final CompletableFuture<Link> link = new CompletableFuture<>();
        private final EventLoop home;

        Expecting(EventLoop home) {
            this.home = home;
        }

        @Override
        public Optional<Expected> admit(byte[] token) {
            return Optional.of(
                    new Expected.First(new LinkInvitation(LINK, LinkSide.AGENT, new RecordingService()), home));
        }

        @Override
        public void onLink(Link made) {
            link.complete(made);
        }

        @Override
        public void onRefused(JoinRefusal refusal) {
            link.completeExceptionally(new AssertionError(refusal));
        }
    }
}
