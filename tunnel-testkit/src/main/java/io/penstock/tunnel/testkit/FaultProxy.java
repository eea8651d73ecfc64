package io.penstock.tunnel.testkit;

import static java.util.Objects.requireNonNull;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.penstock.tunnel.carrier.Transport;
import io.penstock.tunnel.relay.PassThrough;
import io.penstock.tunnel.relay.SocketRelay;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A network between two real processes that a test can break: connections to its port go on to the target, until the test cuts
 * them or lets them vanish.
 *
 * <p><em>Thread-safe</em>.
 */
public final class FaultProxy implements AutoCloseable {

    private final Transport transport;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Channel listener;
    private volatile @Nullable InetSocketAddress target;

    /** Listens on a free port of the loopback; whoever comes before {@link #to} is turned away. */
    public FaultProxy(EventLoopGroup loops, Transport transport) {
        this(loops, transport, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** Listens there. */
    public FaultProxy(EventLoopGroup loops, Transport transport, InetSocketAddress address) {
        this.transport = transport;
        this.listener = new ServerBootstrap()
                .group(loops)
                .channel(transport.serverChannel())
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        accepted.pipeline().addLast(new GoOn());
                    }
                })
                .bind(address)
                .syncUninterruptibly()
                .channel();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    public FaultProxy to(InetSocketAddress where) {
        target = where;
        return this;
    }

    /** Connections that are there now, each counted once. */
    public int size() {
        return connections.size() / 2;
    }

    /** Resets every connection, at both ends. Returns how many there were. */
    public int cut() {
        int were = size();
        connections.forEach(channel -> channel.eventLoop().execute(() -> SocketRelay.abort(channel)));
        return were;
    }

    /** Lets every connection that is there now stand and carry nothing, as after a change of network: nobody is told. */
    public int vanish() {
        int were = size();
        connections.forEach(
                channel -> channel.eventLoop().execute(() -> channel.pipeline().addFirst(new Swallow())));
        return were;
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        cut();
    }

    /** An accepted connection until its other half is there. Loop-confined. */
    private final class GoOn extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            Channel accepted = context.channel();
            if (target == null) {
                SocketRelay.abort(accepted);
                return;
            }
            new Bootstrap()
                    .group(accepted.eventLoop())
                    .channel(transport.socketChannel())
                    .option(ChannelOption.AUTO_READ, false)
                    .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(requireNonNull(target))
                    .addListener((io.netty.channel.ChannelFuture dialled) -> {
                        if (dialled.isSuccess()) {
                            join(accepted, dialled.channel());
                        } else {
                            SocketRelay.abort(accepted);
                        }
                    });
        }

        private void join(Channel accepted, Channel dialled) {
            accepted.pipeline().remove(this);
            PassThrough.join(accepted, dialled);
            connections.add(accepted);
            connections.add(dialled);
        }
    }

    /** The hole into which a connection vanishes: bytes go in both ways, and not even an end comes out. Loop-confined. */
    private static final class Swallow extends ChannelDuplexHandler {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            // Not even that the peer has ended.
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            ReferenceCountUtil.release(message);
            promise.trySuccess();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            // The other half stands on.
        }
    }
}
