package io.penstock.tunnel.carrier;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.link.Carrier;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkContext;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkIdentity;
import io.penstock.tunnel.link.LinkSide;
import io.penstock.tunnel.link.TunnelEvents;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.testkit.CarrierRig;
import io.penstock.tunnel.testkit.LinkTerms;
import io.penstock.tunnel.testkit.RecordingService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A carrier over a channel of any kind, on a loop of its own, and a far end that is a channel too. Thread-safe. */
final class ChannelRig implements CarrierRig {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** What lies between the two ends. Thread-safe. */
    interface Road {
        /** Begins to connect on the loop; the carrier is the last handler, the far end that of whoever is reached. */
        Channel connect(EventLoop near, EventLoop far, ChannelInboundHandlerAdapter carrier, FarEnd farEnd)
                throws Exception;

        void close();
    }

    private final MultiThreadIoEventLoopGroup nearLoops;
    private final MultiThreadIoEventLoopGroup farLoops;
    private final EventLoop loop;
    private final FarEnd far = new FarEnd();
    private final RecordingService service = new RecordingService();
    private final Road road;
    private final TcpCarrier carrier;
    private final Link link;

    ChannelRig(Transport transport, Road road) {
        this.road = road;
        nearLoops = new MultiThreadIoEventLoopGroup(1, transport.ioHandlerFactory());
        farLoops = new MultiThreadIoEventLoopGroup(1, transport.ioHandlerFactory());
        loop = nearLoops.next();
        Joining joining = new Joining();
        try {
            Channel channel = road.connect(loop, farLoops.next(), joining, far);
            carrier = new TcpCarrier(channel);
            link = new Link(
                    new LinkIdentity(new LinkId(0, 7), LinkSide.AGENT, 64 * 1024, true),
                    new LinkContext(
                            new NettyLoop(loop),
                            LinkTerms.defaults().settings(),
                            new MemoryBudget(1 << 28),
                            channel.alloc(),
                            TunnelEvents.NONE),
                    carrier,
                    service);
            onLoop(() -> {
                carrier.carry(link);
                channel.pipeline().replace(joining, null, carrier);
            });
            far.active.get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Holds the carrier's place while there is none. */
    private static final class Joining extends ChannelInboundHandlerAdapter {}

    @Override
    public Carrier carrier() {
        return carrier;
    }

    @Override
    public Link link() {
        return link;
    }

    @Override
    public RecordingService service() {
        return service;
    }

    @Override
    public boolean isOnLoop() {
        return loop.inEventLoop();
    }

    @Override
    public @Nullable CloseCause linkClosed() {
        return ask(service::closeCause);
    }

    private <T> T ask(java.util.concurrent.Callable<T> question) {
        try {
            return loop.submit(question).get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void onLoop(Runnable task) {
        ask(() -> {
            task.run();
            return true;
        });
    }

    @Override
    public void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the condition does not hold after a minute");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void peerSends(byte[] bytes) {
        far.channel().writeAndFlush(Unpooled.wrappedBuffer(bytes)).syncUninterruptibly();
    }

    @Override
    public void peerReads(boolean wanted) {
        far.channel().config().setAutoRead(wanted);
    }

    @Override
    public byte[] peerReceived() {
        return far.received();
    }

    @Override
    public void peerCloses() {
        far.channel().close();
    }

    @Override
    public void cut() {
        ChannelEnding.reset(far.channel());
    }

    @Override
    public boolean peerSawEnd() {
        return far.sawEnd;
    }

    @Override
    public void close() {
        onLoop(() -> {
            carrier.abandon();
            link.close(CloseCause.ofLink(ResetCode.SHUTDOWN, CloseCause.Initiator.APPLICATION, "the test is over"));
        });
        ChannelEnding.abandon(far.channel());
        await(() -> far.sawEnd);
        road.close();
        nearLoops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        farLoops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        far.release();
    }

    /** Keeps what it reads. */
    static final class FarEnd extends ChannelInboundHandlerAdapter {
        final CompletableFuture<Channel> active = new CompletableFuture<>();
        private final ByteBuf received = Unpooled.buffer();
        private volatile boolean sawEnd;

        Channel channel() {
            return active.join();
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            if (context.channel().isActive()) {
                active.complete(context.channel());
            }
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            active.complete(context.channel());
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            synchronized (received) {
                received.writeBytes(bytes);
            }
            bytes.release();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                ChannelEnding.finish((DuplexChannel) context.channel()).addListener(finished -> context.close());
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            sawEnd = true;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }

        byte[] received() {
            synchronized (received) {
                return ByteBufUtil.getBytes(received);
            }
        }

        void release() {
            received.release();
        }
    }
}
