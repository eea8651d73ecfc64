package io.penstock.tunnel.carrier;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoop;
import io.penstock.api.relay.v1.CarrierBytes;
import java.util.function.Function;

/**
 * The server's end of carriers that are calls: each becomes a channel at the relay, which knows nothing of calls.
 *
 * <p><em>Thread-safe</em>.
 */
public final class CarrierCalls {

    private static final int READY_THRESHOLD = 128 * 1024;
    private static final CallAddress CLIENT = new CallAddress("call of a gateway");

    private CarrierCalls() {}

    /** Hands a call that has just begun to the relay; returns who hears its messages. */
    public static StreamObserver<CarrierBytes> accept(StreamObserver<CarrierBytes> responses, RelayServer relay) {
        return hear(responses, relay::admit);
    }

    /** Has the relay turn a call away that has just begun, with a refusal that its client can read; returns who hears what it says. */
    public static StreamObserver<CarrierBytes> refuse(
            StreamObserver<CarrierBytes> responses, RelayServer relay, JoinRefusal refusal) {
        return hear(responses, maker -> relay.turnAway(maker, refusal));
    }

    private static StreamObserver<CarrierBytes> hear(
            StreamObserver<CarrierBytes> responses, Function<Function<EventLoop, CallChannel>, CallChannel> relay) {
        // Every server call has this type; gRPC's generated signature only does not say so.
        var call = (ServerCallStreamObserver<CarrierBytes>) responses;
        call.disableAutoRequest();
        call.setOnReadyThreshold(READY_THRESHOLD);
        CallChannel channel = relay.apply(loop -> new CallChannel(loop, CallSide.SERVER, CLIENT, call));
        call.setOnReadyHandler(channel::onReady);
        call.setOnCancelHandler(() -> channel.onFailure(new CallFailure(io.grpc.Status.CANCELLED)));
        return new CallEar(channel);
    }
}
