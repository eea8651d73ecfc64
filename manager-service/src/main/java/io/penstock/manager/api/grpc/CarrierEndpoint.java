package io.penstock.manager.api.grpc;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.penstock.api.relay.v1.CarrierBytes;
import io.penstock.api.relay.v1.RelayCarrierGrpc;
import io.penstock.tunnel.carrier.CarrierCalls;
import io.penstock.tunnel.carrier.JoinRefusal;
import io.penstock.tunnel.carrier.RelayServer;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Carriers that come as calls, handed to the relay, unless carriers must show a certificate: a call cannot, whatever its connection shows
 * to an ingress.
 *
 * <p><em>Thread-safe</em>.
 */
public final class CarrierEndpoint extends RelayCarrierGrpc.RelayCarrierImplBase {
    private final Supplier<Optional<RelayServer>> relay;

    private final boolean admits;

    /**
     * An endpoint of one relay.
     *
     * @param relay none while it does not run
     * @param admits whether calls may be carriers here
     */
    public CarrierEndpoint(Supplier<Optional<RelayServer>> relay, boolean admits) {
        this.relay = relay;
        this.admits = admits;
    }

    @Override
    public StreamObserver<CarrierBytes> carry(StreamObserver<CarrierBytes> responses) {
        Optional<RelayServer> running = relay.get();
        if (running.isPresent()) {
            return admits
                    ? CarrierCalls.accept(responses, running.get())
                    : CarrierCalls.refuse(responses, running.get(), JoinRefusal.CERTIFICATE_REQUIRED);
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
