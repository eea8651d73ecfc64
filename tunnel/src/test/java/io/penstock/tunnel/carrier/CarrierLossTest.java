package io.penstock.tunnel.carrier;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.frame.StreamTarget;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkListener;
import io.penstock.tunnel.link.LinkSettings;
import io.penstock.tunnel.link.LinkSide;
import io.penstock.tunnel.link.LinkState;
import io.penstock.tunnel.link.TunnelEvents;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.CloseCause.Initiator;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two real ends over a real relay that dies again and again, as a killed manager does, and another that takes its place. */
@Timeout(120)
class CarrierLossTest {

    private static final int BODY = 24 * 1024 * 1024;
    private static final int CUTS = 10;

    private final Transport transport = Transport.choose("auto");
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(3, transport.ioHandlerFactory());
    private final JoinTokens tokens = new JoinTokens(new byte[JoinTokens.KEY_LENGTH], InstantSource.system());
    private final LinkMaker maker =
            new LinkMaker(LinkSettings.defaults(), new MemoryBudget(256 * 1024 * 1024), TunnelEvents.NONE);
    private final LinkConnector connector = new LinkConnector(transport, maker);
    private final LinkId id = new LinkId(3, 4);

    private RelayServer relay;
    private volatile InetSocketAddress address;
    private End agent;
    private End gateway;

    @BeforeEach
    void join() throws Exception {
        relay = newRelay();
        address = relay.localAddress();
        agent = new End(LinkSide.AGENT);
        gateway = new End(LinkSide.GATEWAY);
        agent.dial();
        gateway.dial();
        agent.join();
        gateway.join();
    }

    @AfterEach
    void stop() throws Exception {
        agent.close();
        gateway.close();
        relay.closeNow();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }

    private RelayServer newRelay() {
        RelaySettings settings = RelaySettings.listeningOn(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return RelayServer.start(settings, transport, loops, tokens, RelayEvents.NONE);
    }

    /** The ends find the next one where the door of each link says. */
    private void replaceRelay() {
        RelayServer dying = relay;
        relay = newRelay();
        address = relay.localAddress();
        dying.closeNow();
    }

    @Test
    void losesNoByteWhileTheRelayDiesAgainAndAgain() throws Exception {
        byte[] body = new byte[BODY];
        new Random(7).nextBytes(body);
        Echo echo = new Echo(body);
        agent.onLoop(() -> echo.start(agent.link()));

        for (int cut = 1; cut <= CUTS; cut++) {
            echo.awaitReceived((int) ((long) BODY * cut / (CUTS + 1)));
            agent.awaitCarrier();
            gateway.awaitCarrier();
            replaceRelay();
            agent.awaitWanted(cut);
            gateway.awaitWanted(cut);
        }

        assertThat(echo.done.get(60, TimeUnit.SECONDS)).isEqualTo("whole");
        // The last bytes may have come before the last cut.
        agent.awaitCarrier();
        assertThat(agent.state()).isEqualTo(LinkState.OPEN);
    }

    @Test
    void endsAtTheFarSideToo() throws Exception {
        agent.onLoop(() -> agent.link().close(CloseCause.ofLink(ResetCode.SHUTDOWN, Initiator.APPLICATION, "stop")));

        assertThat(gateway.closed.get(10, TimeUnit.SECONDS))
                .isEqualTo(CloseCause.ofLink(ResetCode.SHUTDOWN, Initiator.PEER, "stop"));
    }

    /** One end of the link, kept on a carrier. */
    private final class End implements LinkListener {
        final LinkSide side;
        final EventLoop loop = loops.next();
        final LinkTender tender;
        final AtomicInteger wanted = new AtomicInteger();
        final CompletableFuture<CloseCause> closed = new CompletableFuture<>();
        private final CompletableFuture<Link> begun = new CompletableFuture<>();
        private @Nullable Link joined;

        End(LinkSide side) {
            this.side = side;
            this.tender = new LinkTender(
                    connector,
                    () -> CompletableFuture.completedFuture(
                            new LinkDoor.Opening(CarrierWay.plain(address), tokens.issue(id, side))));
        }

        void dial() {
            connector
                    .dial(
                            loop,
                            new LinkDoor.Opening(CarrierWay.plain(address), tokens.issue(id, side)),
                            new LinkInvitation(id, side, this))
                    .addListener(done -> {
                        if (done.isSuccess()) {
                            begun.complete((Link) done.getNow());
                        } else {
                            begun.completeExceptionally(done.cause());
                        }
                    });
        }

        void join() throws Exception {
            joined = begun.get(10, TimeUnit.SECONDS);
        }

        Link link() {
            return requireNonNull(joined, "joined");
        }

        void onLoop(Runnable task) throws Exception {
            loop.submit(task).get(10, TimeUnit.SECONDS);
        }

        void awaitCarrier() throws Exception {
            while (state() == LinkState.RESUMING) {
                Thread.onSpinWait();
            }
        }

        void awaitWanted(int times) {
            while (wanted.get() < times) {
                Thread.onSpinWait();
            }
        }

        LinkState state() throws Exception {
            return loop.submit(() -> link().state()).get(10, TimeUnit.SECONDS);
        }

        void close() throws Exception {
            onLoop(() -> link().close(CloseCause.ofLink(ResetCode.SHUTDOWN, Initiator.APPLICATION, "")));
        }

        @Override
        public StreamListener onStream(Link on, MuxStream stream) {
            stream.accept();
            return new Mirror(stream);
        }

        @Override
        public void onCarrierWanted(Link on, String why) {
            wanted.incrementAndGet();
            tender.wanted(on);
        }

        @Override
        public void onClosed(Link on, CloseCause cause) {
            closed.complete(cause);
        }
    }

    /** An app that sends back what it gets. */
    private static class Mirror implements StreamListener {
        private final MuxStream stream;

        Mirror(MuxStream stream) {
            this.stream = stream;
        }

        @Override
        public void onAccepted() {}

        @Override
        public void onData(ByteBuf bytes) {
            int length = bytes.readableBytes();
            stream.send(bytes);
            stream.consumed(length);
        }

        @Override
        public void onWritable() {}

        @Override
        public void onHalfClosed() {
            stream.halfClose();
        }

        @Override
        public void onClosed(CloseCause cause) {}
    }

    /** A caller that sends a body, as fast as it may, and compares what comes back. */
    private static final class Echo implements StreamListener {
        final CompletableFuture<String> done = new CompletableFuture<>();
        private final byte[] body;
        private final AtomicInteger received = new AtomicInteger();
        private @Nullable MuxStream opened;
        private int sent;

        Echo(byte[] body) {
            this.body = body;
        }

        void start(Link link) {
            opened = link.open(new StreamTarget("i-1", 80, ""), this);
            onWritable();
        }

        private MuxStream stream() {
            return requireNonNull(opened, "opened");
        }

        void awaitReceived(int bytes) {
            while (received.get() < bytes && !done.isDone()) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void onAccepted() {}

        @Override
        public void onWritable() {
            while (sent < body.length && stream().isWritable()) {
                int length = Math.min(32 * 1024, body.length - sent);
                stream().send(Unpooled.wrappedBuffer(body, sent, length));
                sent += length;
            }
            if (sent == body.length) {
                stream().halfClose();
            }
        }

        @Override
        public void onData(ByteBuf bytes) {
            int at = received.get();
            int length = bytes.readableBytes();
            if (!bytes.equals(Unpooled.wrappedBuffer(body, at, length))) {
                done.complete("other bytes at " + at);
            }
            bytes.release();
            received.addAndGet(length);
            stream().consumed(length);
        }

        @Override
        public void onHalfClosed() {
            done.complete(received.get() == body.length ? "whole" : "only " + received.get());
        }

        @Override
        public void onClosed(CloseCause cause) {
            done.complete("closed " + cause);
        }
    }
}
