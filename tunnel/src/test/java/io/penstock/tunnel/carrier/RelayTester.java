package io.penstock.tunnel.carrier;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.Future;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkSide;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** A relay on a free port with the loops it needs, and carriers that dial it. */
final class RelayTester implements AutoCloseable {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    static final SecureRandom RANDOM = new SecureRandom();

    /** The three ways in which a relay moves bytes. */
    enum Way {
        SPLICE(Transport.EPOLL, true),
        EPOLL_COPY(Transport.EPOLL, false),
        NIO_COPY(Transport.NIO, false);

        private final Transport transport;
        private final boolean splice;

        Way(Transport transport, boolean splice) {
            this.transport = transport;
            this.splice = splice;
        }

        boolean isAvailable() {
            return transport.isAvailable();
        }
    }

    final JoinTokens tokens = new JoinTokens(new byte[JoinTokens.KEY_LENGTH], InstantSource.fixed(Instant.EPOCH));
    final RecordedEvents events = new RecordedEvents();
    final MultiThreadIoEventLoopGroup loops;
    final RelayServer relay;

    RelayTester(Way way) {
        this(way, UnaryOperator.identity());
    }

    RelayTester(Way way, UnaryOperator<RelaySettings> change) {
        loops = new MultiThreadIoEventLoopGroup(2, way.transport.ioHandlerFactory());
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        RelaySettings settings = change.apply(RelaySettings.listeningOn(address).withKernelSplice(way.splice));
        relay = RelayServer.start(settings, way.transport, loops, tokens, events);
    }

    static UnaryOperator<RelaySettings> deadlines(Duration preface, Duration pairing) {
        return settings -> settings.withDeadlines(preface, pairing);
    }

    LinkId newLink() {
        return LinkId.random(RANDOM);
    }

    TestCarrier dial() throws IOException {
        return new TestCarrier(relay.localAddress());
    }

    TestCarrier join(LinkId link, LinkSide side) throws IOException {
        TestCarrier carrier = dial();
        carrier.sendJoin(tokens.issue(link, side));
        return carrier;
    }

    /** Returns the agent's and the gateway's carrier of a new link, joined and answered. */
    TestCarrier[] pair() throws IOException {
        LinkId link = newLink();
        TestCarrier agent = join(link, LinkSide.AGENT);
        TestCarrier gateway = join(link, LinkSide.GATEWAY);
        agent.expectPaired();
        gateway.expectPaired();
        return new TestCarrier[] {agent, gateway};
    }

    /** Returns what the allocator of all channels holds. */
    static long directMemory() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    /** Waits for what another thread is about to do; fails after a generous while. */
    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("still not: " + what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Waits until a number has not changed for a while. */
    static void awaitRest(String what, LongSupplier number) {
        long[] last = {number.getAsLong(), System.nanoTime()};
        await(what + " rests", () -> {
            if (number.getAsLong() != last[0]) {
                last[0] = number.getAsLong();
                last[1] = System.nanoTime();
            }
            return System.nanoTime() - last[1] > REST_NANOS;
        });
    }

    @Override
    public void close() {
        relay.closeNow();
        Future<?> gone = loops.shutdownGracefully(0, 5, TimeUnit.SECONDS);
        gone.awaitUninterruptibly();
    }
}
