package io.penstock.tunnel.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.Future;
import io.penstock.api.relay.v1.CarrierBytes;
import io.penstock.api.relay.v1.RelayCarrierGrpc;
import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkSettings;
import io.penstock.tunnel.link.LinkSide;
import io.penstock.tunnel.link.TunnelEvents;
import io.penstock.tunnel.testkit.RecordingService;
import io.penstock.tunnel.testkit.carrier.RawCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A relay whose carriers come as calls, with the messages cut as a test likes. */
@Timeout(120)
final class CallRelayTest {

    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final LinkId LINK = new LinkId(5, 6);
    private static final int MOST = 64 * 1024;

    private final Transport transport = Transport.choose("auto");
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, transport.ioHandlerFactory());
    private final JoinTokens tokens =
            new JoinTokens(new byte[JoinTokens.KEY_LENGTH], InstantSource.fixed(Instant.EPOCH));
    private final BlockingQueue<JoinRefusal> refusals = new LinkedBlockingQueue<>();
    private final RelayServer relay =
            RelayServer.start(RelaySettings.listeningOn(ANY), transport, loops, tokens, new RelayEvents() {
                @Override
                public void refused(JoinRefusal refusal) {
                    refusals.add(refusal);
                }
            });
    private final Server server = serve(responses -> CarrierCalls.accept(responses, relay));

    /** HTTP/2's constants are buffers that stay, made with the first connection. */
    @BeforeAll
    static void loadHttp2() throws Exception {
        CallRelayTest first = new CallRelayTest();
        first.joinsByAJoinInTwoMessages();
        first.stop();
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.shutdownNow();
        server.awaitTermination(20, TimeUnit.SECONDS);
        relay.closeNow();
        loops.shutdownGracefully(200, 5000, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }

    private Server serve(Function<StreamObserver<CarrierBytes>, StreamObserver<CarrierBytes>> acceptor) {
        try {
            return NettyServerBuilder.forAddress(ANY)
                    .channelType(transport.serverChannel())
                    .bossEventLoopGroup(loops)
                    .workerEventLoopGroup(loops)
                    .directExecutor()
                    .addService(new RelayCarrierGrpc.RelayCarrierImplBase() {
                        @Override
                        public StreamObserver<CarrierBytes> carry(StreamObserver<CarrierBytes> responses) {
                            return acceptor.apply(responses);
                        }
                    })
                    .build()
                    .start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static InetSocketAddress addressOf(Server server) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
    }

    private RawCall call() {
        return new RawCall(loops, transport, addressOf(server));
    }

    private byte[] join(LinkSide side, byte... more) {
        ByteBuf join = Unpooled.buffer();
        JoinPreface.write(tokens.issue(LINK, side), join);
        return ByteBufUtil.getBytes(join.writeBytes(more));
    }

    private static byte[] anything(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void joinsByAJoinInTwoMessages() throws Exception {
        byte[] early = anything(1000);
        byte[] whole = join(LinkSide.AGENT, early);

        try (RawCall agent = call();
                RawCall gateway = call()) {
            agent.send(Arrays.copyOf(whole, 11)).send(Arrays.copyOfRange(whole, 11, whole.length));
            gateway.send(join(LinkSide.GATEWAY));

            assertThat(agent.receive(2)).containsExactly(0, 0);
            byte[] answered = gateway.receive(2 + early.length);
            assertThat(Arrays.copyOf(answered, 2)).containsExactly(0, 0);
            assertThat(Arrays.copyOfRange(answered, 2, answered.length)).isEqualTo(early);
        }
    }

    @Test
    void joinsByAJoinInMessagesOfOneByte() throws Exception {
        try (RawCall agent = call();
                RawCall gateway = call()) {
            for (byte each : join(LinkSide.AGENT)) {
                agent.send(new byte[] {each});
            }
            gateway.send(join(LinkSide.GATEWAY));

            assertThat(agent.receive(2)).containsExactly(0, 0);
            assertThat(gateway.receive(2)).containsExactly(0, 0);
        }
    }

    @Test
    void keepsWhatMayComeEarly() throws Exception {
        byte[] early = anything(MOST);

        try (RawCall agent = call();
                RawCall gateway = call()) {
            agent.send(join(LinkSide.AGENT, early));
            gateway.send(join(LinkSide.GATEWAY));

            byte[] answered = gateway.receive(2 + MOST);
            assertThat(Arrays.copyOfRange(answered, 2, answered.length)).isEqualTo(early);
        }
        assertThat(refusals).isEmpty();
    }

    @Test
    void refusesMoreThanMayComeEarly() throws Exception {
        try (RawCall agent = call()) {
            agent.send(join(LinkSide.AGENT, anything(MOST + 1)));

            byte[] detail = (MOST + 1 + " bytes behind the JOIN (expected: at most 65536 before it is answered)")
                    .getBytes(StandardCharsets.UTF_8);
            byte[] answer = agent.receive(2 + detail.length);
            assertThat(answer[0]).isEqualTo((byte) JoinRefusal.BAD_PREFACE.wire());
            assertThat(Arrays.copyOfRange(answer, 2, answer.length)).isEqualTo(detail);
        }
        assertThat(refusals).containsExactly(JoinRefusal.BAD_PREFACE);
        assertThat(relay.waiting()).isZero();
    }

    private TunnelException failureAt(Server at) throws InterruptedException {
        LinkMaker maker = new LinkMaker(LinkSettings.defaults(), new MemoryBudget(1 << 20), TunnelEvents.NONE);
        CarrierWay way = new CarrierWay.Call(addressOf(at), Optional.empty(), "token");
        Future<Link> dial = new LinkConnector(transport, maker)
                .dial(
                        loops.next(),
                        new LinkDoor.Opening(way, tokens.issue(LINK, LinkSide.GATEWAY)),
                        new LinkInvitation(LINK, LinkSide.GATEWAY, new RecordingService()));
        dial.await(30, TimeUnit.SECONDS);
        at.shutdownNow();
        at.awaitTermination(20, TimeUnit.SECONDS);
        return (TunnelException) dial.cause();
    }

    @Test
    void tellsACallThatIsTurnedAwayWhy() throws Exception {
        Server refusing = serve(responses -> CarrierCalls.refuse(responses, relay, JoinRefusal.CERTIFICATE_REQUIRED));

        TunnelException failure = failureAt(refusing);

        assertThat(failure.code()).isEqualTo("CERTIFICATE_REQUIRED");
        assertThat(failure)
                .hasMessage(
                        "the relay refused the carrier: carriers show a client certificate here, which a gRPC call cannot;"
                                + " join at the relay's own port");
        assertThat(refusals).containsExactly(JoinRefusal.CERTIFICATE_REQUIRED);
    }

    @Test
    void tellsALinkThatIsLostBehindTheAnswerFromACallThatWasNotAnswered() throws Exception {
        Server breaking = serve(responses -> {
            responses.onNext(CarrierBytes.newBuilder()
                    .setData(ByteString.copyFrom(new byte[] {0, 0}))
                    .build());
            responses.onError(Status.UNAVAILABLE.asRuntimeException());
            return new Deaf();
        });

        assertThat(failureAt(breaking).code()).isEqualTo("LINK_LOST");
    }

    /** Hears nothing of a call that was broken. */
    private static final class Deaf implements StreamObserver<CarrierBytes> {
        @Override
        public void onNext(CarrierBytes message) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
    }
}
