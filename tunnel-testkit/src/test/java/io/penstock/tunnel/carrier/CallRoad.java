package io.penstock.tunnel.carrier;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.penstock.api.relay.v1.CarrierBytes;
import io.penstock.api.relay.v1.RelayCarrierGrpc;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A call over loopback, whose server's end is a channel too. */
final class CallRoad implements ChannelRig.Road {

    private final Transport transport;
    private @Nullable Server server;

    CallRoad(Transport transport) {
        this.transport = transport;
    }

    @Override
    public Channel connect(
            EventLoop near, EventLoop far, ChannelInboundHandlerAdapter carrier, ChannelRig.FarEnd farEnd)
            throws Exception {
        Server started = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .channelType(transport.serverChannel())
                .bossEventLoopGroup(far)
                .workerEventLoopGroup(far)
                .directExecutor()
                .addService(new RelayCarrierGrpc.RelayCarrierImplBase() {
                    @Override
                    public StreamObserver<CarrierBytes> carry(StreamObserver<CarrierBytes> responses) {
                        return accept((ServerCallStreamObserver<CarrierBytes>) responses, far, farEnd);
                    }
                })
                .build()
                .start();
        server = started;
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), started.getPort());
        return near.submit(() -> {
                    CallChannel channel = CallDial.begin(
                            near, transport, new CarrierWay.Call(address, Optional.empty(), "token"), 3_000);
                    channel.pipeline().addLast(carrier);
                    near.register(channel);
                    return channel;
                })
                .get(30, TimeUnit.SECONDS);
    }

    private static StreamObserver<CarrierBytes> accept(
            ServerCallStreamObserver<CarrierBytes> call, EventLoop far, ChannelRig.FarEnd farEnd) {
        call.disableAutoRequest();
        CallChannel channel = new CallChannel(far, CallSide.SERVER, new CallAddress("client"), call);
        call.setOnReadyHandler(channel::onReady);
        call.setOnCancelHandler(() -> channel.onFailure(new CallFailure(io.grpc.Status.CANCELLED)));
        channel.pipeline().addLast(farEnd);
        far.register(channel);
        return new CallEar(channel);
    }

    @Override
    public void close() {
        if (server != null) {
            server.shutdownNow();
        }
    }
}
