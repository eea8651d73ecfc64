package io.penstock.agent.control;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.penstock.tunnel.address.HostPort;
import io.penstock.tunnel.carrier.Transport;
import java.util.concurrent.TimeUnit;

/**
 * How a manager is dialled.
 *
 * <p><em>Startup only</em>.
 */
public final class ManagerChannel {

    private static final long KEEP_ALIVE_SECONDS = 20;

    private ManagerChannel() {}

    /** Makes a channel, not connected yet, whose callbacks run on the group's loop. Loads gRPC: costly the first time. */
    public static ManagedChannel open(HostPort manager, EventLoopGroup group, Transport transport) {
        return NettyChannelBuilder.forAddress(manager.host(), manager.port())
                .usePlaintext()
                .eventLoopGroup(group)
                .channelType(transport.socketChannel())
                .directExecutor()
                .disableRetry()
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(5, TimeUnit.SECONDS)
                .build();
    }
}
