package io.penstock.tunnel.testkit.carrier;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.penstock.api.relay.v1.CarrierBytes;
import io.penstock.api.relay.v1.RelayCarrierGrpc;
import io.penstock.tunnel.carrier.Transport;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One end's carrier as a call, with plain bytes instead of frames, in messages that a test cuts as it likes.
 *
 * <p><em>Thread-safe</em>, for one test at a time.
 */
public final class RawCall implements StreamObserver<CarrierBytes>, AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final ManagedChannel connection;
    private final BlockingQueue<ByteString> arrived = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private final StreamObserver<CarrierBytes> requests;

    /** Begins a call of that server, on loops of that transport. */
    public RawCall(EventLoopGroup loops, Transport transport, InetSocketAddress server) {
        connection = NettyChannelBuilder.forAddress(server)
                .eventLoopGroup(loops)
                .channelType(transport.socketChannel())
                .directExecutor()
                .usePlaintext()
                .build();
        requests = RelayCarrierGrpc.newStub(connection).carry(this);
    }

    /** Sends one message. */
    public RawCall send(byte[] message) {
        requests.onNext(
                CarrierBytes.newBuilder().setData(ByteString.copyFrom(message)).build());
        return this;
    }

    /** Waits for that many bytes, however they are cut; messages must end with them. */
    public byte[] receive(int length) throws InterruptedException {
        ByteString bytes = ByteString.EMPTY;
        while (bytes.size() < length) {
            ByteString next = arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError(bytes.size() + " bytes (expected: " + length + "); the call: " + end);
            }
            bytes = bytes.concat(next);
        }
        if (bytes.size() > length) {
            throw new AssertionError(bytes.size() + " bytes (expected: " + length + ")");
        }
        return bytes.toByteArray();
    }

    /** Waits until the server has ended the call. */
    public Status awaitEnd() throws Exception {
        return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void onNext(CarrierBytes message) {
        arrived.add(message.getData());
    }

    @Override
    public void onError(Throwable failure) {
        end.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
        end.complete(Status.OK);
    }

    @Override
    public void close() {
        connection.shutdownNow();
    }
}
