package io.penstock.tunnel.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.Future;
import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkListener;
import io.penstock.tunnel.link.LinkSettings;
import io.penstock.tunnel.link.LinkSide;
import io.penstock.tunnel.link.TunnelEvents;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamListener;
import io.penstock.tunnel.tls.ClientTls;
import io.penstock.tunnel.tls.TlsFiles;
import io.penstock.tunnel.tls.TlsReloads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How far a dial came, told by its code. */
@Timeout(60)
final class DialOutcomeTest implements LinkListener {

    private static final LinkConnector.Patience LONG = new LinkConnector.Patience(3_000, 30_000);
    private static final LinkConnector.Patience SHORT = new LinkConnector.Patience(3_000, 300);

    private final Transport transport = Transport.choose();
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, transport.ioHandlerFactory());
    private final EventLoop loop = loops.next();
    private final LinkMaker maker =
            new LinkMaker(LinkSettings.defaults(), new MemoryBudget(1 << 20), TunnelEvents.NONE);
    private final TlsReloads reloads = new TlsReloads();

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private Future<Link> dial(CarrierWay way, LinkConnector.Patience patience) {
        LinkInvitation invitation = new LinkInvitation(new LinkId(1, 2), LinkSide.GATEWAY, this);
        return new LinkConnector(transport, maker, patience, patience)
                .dial(loop, new LinkDoor.Opening(way, new byte[] {7}), invitation);
    }

    private static CarrierWay at(ServerSocket server) {
        return CarrierWay.plain((InetSocketAddress) server.getLocalSocketAddress());
    }

    private static TunnelException failure(Future<Link> dial) {
        assertThat(dial.awaitUninterruptibly(30, TimeUnit.SECONDS)).isTrue();
        return (TunnelException) dial.cause();
    }

    /** Answers the JOIN with these bytes and closes. */
    private TunnelException afterAnswer(String bytes) throws IOException {
        try (ServerSocket server = listen()) {
            Future<Link> dial = dial(at(server), LONG);
            try (Socket carrier = server.accept()) {
                carrier.getInputStream().readNBytes(1);
                carrier.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                carrier.shutdownOutput();
                return failure(dial);
            }
        }
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        ServerSocket server = listen();
        server.close();

        assertThat(failure(dial(at(server), LONG)).code()).isEqualTo("DIAL_FAILED");
    }

    @Test
    void saysThatTheCarrierWasClosedBeforeAnAnswer() throws IOException {
        TunnelException failure = afterAnswer("");

        assertThat(failure.code()).isEqualTo("DIAL_FAILED");
        assertThat(failure).hasMessageContaining("closed the carrier before it answered");
    }

    @Test
    void saysThatNobodyAnsweredInTime() throws IOException {
        try (ServerSocket silent = listen()) {
            TunnelException failure = failure(dial(at(silent), SHORT));

            assertThat(failure.code()).isEqualTo("DIAL_FAILED");
            assertThat(failure).hasMessageContaining("within 300 ms");
        }
    }

    @Test
    void saysThatNobodyAnsweredTheHandshakeOfTls() throws IOException {
        try (ServerSocket silent = listen();
                ClientTls tls = ClientTls.open(TlsFiles.of("", "", ""), Optional.empty(), reloads)) {
            CarrierWay way =
                    new CarrierWay.Socket((InetSocketAddress) silent.getLocalSocketAddress(), Optional.of(tls));

            assertThat(failure(dial(way, SHORT)).code()).isEqualTo("DIAL_FAILED");

            Future<Link> closed = dial(way, LONG);
            silent.accept().close(); // the first one
            silent.accept().close();
            assertThat(failure(closed).code()).isEqualTo("DIAL_FAILED");
        }
    }

    @Test
    void saysThatACallFoundNobody() throws IOException {
        try (ServerSocket silent = listen()) {
            CarrierWay way =
                    new CarrierWay.Call((InetSocketAddress) silent.getLocalSocketAddress(), Optional.empty(), "token");

            assertThat(failure(dial(way, SHORT)).code()).isEqualTo("DIAL_FAILED");

            Future<Link> closed = dial(way, LONG);
            silent.accept().close(); // the first one
            silent.accept().close();
            assertThat(failure(closed).code()).isEqualTo("DIAL_FAILED");
        }
    }

    @Test
    void saysThatSomethingElseAnswered() throws IOException {
        assertThat(afterAnswer("HTTP/1.1 400 Bad Request\r\n\r\n".repeat(10)).code())
                .isEqualTo("REFUSED_72");
    }

    @Test
    void saysWhyARelayRefused() throws IOException {
        assertThat(afterAnswer("\4\0").code()).isEqualTo("TOKEN_EXPIRED");
    }

    @Test
    void saysThatTheLinkWasLostBehindTheAnswer() throws IOException {
        assertThat(afterAnswer("\0\0").code()).isEqualTo("LINK_LOST");
    }

    @Test
    void saysThatTheHelloBehindTheAnswerIsNone() throws IOException {
        assertThat(afterAnswer("\0\0" + "no hello at all".repeat(10)).code()).isEqualTo("PROTOCOL_ERROR");
    }

    @Override
    public StreamListener onStream(Link link, MuxStream stream) {
        throw new AssertionError("no link comes to be");
    }

    @Override
    public void onClosed(Link link, CloseCause cause) {
        throw new AssertionError("no link comes to be");
    }
}
