package io.penstock.manager.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.penstock.manager.metrics.RelayMeters;
import io.penstock.tunnel.carrier.JoinPreface;
import io.penstock.tunnel.carrier.JoinRefusal;
import io.penstock.tunnel.carrier.JoinTokens;
import io.penstock.tunnel.carrier.RelayServer;
import io.penstock.tunnel.carrier.RelaySettings;
import io.penstock.tunnel.carrier.Transport;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkSide;
import io.penstock.tunnel.testkit.carrier.RawCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Carriers that come as calls of a real server, at a real relay. */
@Timeout(60)
final class CarrierEndpointTest {

    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final LinkId LINK = new LinkId(3, 4);

    private final Transport transport = Transport.choose();
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, transport.ioHandlerFactory());
    private final JoinTokens tokens = new JoinTokens(new byte[JoinTokens.KEY_LENGTH], InstantSource.system());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RelayServer relay =
            RelayServer.start(RelaySettings.listeningOn(ANY), transport, loops, tokens, new RelayMeters(registry));
    private @Nullable Server server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.shutdownNow();
        }
        relay.closeNow();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private InetSocketAddress start(CarrierEndpoint endpoint) throws IOException {
        server = NettyServerBuilder.forAddress(ANY).addService(endpoint).build().start();
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
    }

    private byte[] join(LinkSide side) {
        ByteBuf join = Unpooled.buffer();
        JoinPreface.write(tokens.issue(LINK, side), join);
        return ByteBufUtil.getBytes(join);
    }

    private double refused() {
        return registry.get("penstock.manager.relay.refused")
                .tag("code", "certificate_required")
                .counter()
                .count();
    }

    @Test
    void turnsACallAwayWhereCarriersShowACertificate() throws Exception {
        InetSocketAddress address = start(new CarrierEndpoint(() -> Optional.of(relay), false));

        try (RawCall call = new RawCall(loops, transport, address).send(join(LinkSide.GATEWAY))) {
            assertThat(call.receive(2)).containsExactly(JoinRefusal.CERTIFICATE_REQUIRED.wire(), 0);
            assertThat(call.awaitEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        }
        assertThat(refused()).isEqualTo(1);
        assertThat(relay.waiting()).isZero();
        assertThat(relay.joining()).isZero();
    }

    @Test
    void joinsTwoCallsWhereCallsAreAdmitted() throws Exception {
        InetSocketAddress address = start(new CarrierEndpoint(() -> Optional.of(relay), true));

        try (RawCall agent = new RawCall(loops, transport, address).send(join(LinkSide.AGENT));
                RawCall gateway = new RawCall(loops, transport, address).send(join(LinkSide.GATEWAY))) {
            assertThat(agent.receive(2)).containsExactly(0, 0);
            assertThat(gateway.receive(2)).containsExactly(0, 0);
            agent.send(new byte[] {1, 2, 3});
            assertThat(gateway.receive(3)).containsExactly(1, 2, 3);
        }
        assertThat(refused()).isZero();
    }

    @Test
    void saysThatTheRelayStops() throws Exception {
        InetSocketAddress address = start(new CarrierEndpoint(Optional::empty, true));

        try (RawCall call = new RawCall(loops, transport, address)) {
            assertThat(call.awaitEnd().getDescription()).isEqualTo("the relay stops");
        }
    }
}
