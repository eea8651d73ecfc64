package io.penstock.tunnel.carrier;

import io.grpc.stub.StreamObserver;
import io.penstock.api.relay.v1.CarrierBytes;

/**
 * What a call hears, told to its channel.
 *
 * <p><em>Thread-safe</em>.
 */
record CallEar(CallChannel channel) implements StreamObserver<CarrierBytes> {

    @Override
    public void onNext(CarrierBytes message) {
        channel.onBytes(message);
    }

    @Override
    public void onError(Throwable failure) {
        channel.onFailure(failure);
    }

    @Override
    public void onCompleted() {
        channel.onEnd();
    }
}
