package io.penstock.tunnel.carrier;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NegotiationType;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.MetadataUtils;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.penstock.api.relay.v1.CarrierBytes;
import io.penstock.api.relay.v1.RelayCarrierGrpc;
import org.jspecify.annotations.Nullable;

/**
 * One carrier as a call, on its link's own loop. Each call has an HTTP/2 connection of its own: a connection belongs to one loop, and a
 * packet that is lost shall stall one link only.
 *
 * <p><em>Loop-confined</em>.
 */
final class CallDial implements ClientResponseObserver<CarrierBytes, CarrierBytes> {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    /** What may wait in gRPC for HTTP/2's windows before our own buffer is left alone. */
    private static final int READY_THRESHOLD = 128 * 1024;

    private static final int LARGEST_MESSAGE = 256 * 1024;

    private final EventLoop loop;
    private final CarrierWay.Call way;
    private @Nullable CallChannel channel;

    private CallDial(EventLoop loop, CarrierWay.Call way) {
        this.loop = loop;
        this.way = way;
    }

    /** Begins a call; its channel is not registered yet, so that handlers can be added. Closing it ends the connection too. */
    static CallChannel begin(EventLoop loop, Transport transport, CarrierWay.Call way, int dialMillis) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + way.bearer());
        ManagedChannel connection = connection(loop, transport, way, dialMillis);
        CallDial dial = new CallDial(loop, way);
        var unused = RelayCarrierGrpc.newStub(connection)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .withOnReadyThreshold(READY_THRESHOLD)
                .carry(dial);
        CallChannel channel = dial.channel();
        channel.config().setWriteBufferWaterMark(LinkConnector.WATER_MARK);
        channel.closeFuture().addListener(closed -> connection.shutdownNow());
        return channel;
    }

    private static ManagedChannel connection(EventLoop loop, Transport transport, CarrierWay.Call way, int dialMillis) {
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(way.address())
                .overrideAuthority(authority(way))
                .eventLoopGroup(loop)
                .channelType(transport.socketChannel())
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, dialMillis)
                .directExecutor()
                .disableRetry()
                .maxInboundMessageSize(LARGEST_MESSAGE);
        way.tls()
                .ifPresentOrElse(
                        tls -> builder.negotiationType(NegotiationType.TLS).sslContext(tls.callContext()),
                        builder::usePlaintext);
        return builder.build();
    }

    private static String authority(CarrierWay.Call way) {
        String host = way.tls().map(tls -> tls.nameOf(way.address())).orElseGet(way.address()::getHostString);
        return (host.contains(":") ? "[" + host + "]" : host) + ":"
                + way.address().getPort();
    }

    private CallChannel channel() {
        if (channel == null) {
            throw new IllegalStateException("call: not begun (expected: gRPC says so before it starts)");
        }
        return channel;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<CarrierBytes> requests) {
        requests.disableAutoRequestWithInitial(0);
        CallChannel made =
                new CallChannel(loop, CallSide.CLIENT, new CallAddress("call to " + way.address()), requests);
        requests.setOnReadyHandler(made::onReady);
        channel = made;
    }

    @Override
    public void onNext(CarrierBytes message) {
        channel().onBytes(message);
    }

    @Override
    public void onError(Throwable failure) {
        channel().onFailure(failure);
    }

    @Override
    public void onCompleted() {
        channel().onEnd();
    }
}
