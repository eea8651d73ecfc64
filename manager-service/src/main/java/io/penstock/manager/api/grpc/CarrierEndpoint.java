package io.penstock.manager.api.grpc;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.penstock.api.relay.v1.CarrierBytes;
import io.penstock.api.relay.v1.RelayCarrierGrpc;
import io.penstock.tunnel.carrier.CarrierCalls;
import io.penstock.tunnel.carrier.RelayServer;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Carriers that come as calls, handed to the relay.
 *
 * <p><em>Thread-safe</em>.
 */
public final class CarrierEndpoint extends RelayCarrierGrpc.RelayCarrierImplBase {
    private final Supplier<Optional<RelayServer>> relay;

    /** @param relay none while it does not run */
    public CarrierEndpoint(Supplier<Optional<RelayServer>> relay) {
        this.relay = relay;
    }

    @Override
    public StreamObserver<CarrierBytes> carry(StreamObserver<CarrierBytes> responses) {
        Optional<RelayServer> running = relay.get();
        if (running.isPresent()) {
            return CarrierCalls.accept(responses, running.get());
        }
        responses.onError(Status.UNAVAILABLE.withDescription("the relay stops").asRuntimeException());
        return new Deaf();
    }

    /** Hears nothing of a call that was refused. <em>Immutable</em>. */
    private static final class Deaf implements StreamObserver<CarrierBytes> {
        @Override
        public void onNext(CarrierBytes message) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
    }
}
