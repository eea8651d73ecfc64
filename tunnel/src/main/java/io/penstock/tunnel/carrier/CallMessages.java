package io.penstock.tunnel.carrier;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.stub.CallStreamObserver;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import io.penstock.api.relay.v1.CarrierBytes;

/**
 * What a channel has to write, cut into a call's messages.
 *
 * <p><em>Immutable</em>.
 */
final class CallMessages {

    /** The largest message that is sent. */
    private static final int LARGEST = 64 * 1024;

    private CallMessages() {}

    /** Sends what is flushed, as long as the call takes it; what is sent leaves the buffer. */
    static void send(ChannelOutboundBuffer out, CallStreamObserver<CarrierBytes> call) throws Exception {
        while (!out.isEmpty() && (call.isReady() || out.totalPendingWriteBytes() == 0)) {
            byte[] message = gather(out);
            if (message.length > 0) {
                call.onNext(CarrierBytes.newBuilder()
                        .setData(UnsafeByteOperations.unsafeWrap(message)) // nobody else has it
                        .build());
            }
            out.removeBytes(message.length);
        }
    }

    /** What is flushed, as one message: many small frames would cost a message each. */
    private static byte[] gather(ChannelOutboundBuffer out) throws Exception {
        int[] length = {0};
        out.forEachFlushedMessage(each -> {
            length[0] += ((ByteBuf) each).readableBytes();
            return length[0] < LARGEST;
        });
        byte[] message = new byte[Math.min(length[0], LARGEST)];
        int[] at = {0};
        out.forEachFlushedMessage(each -> {
            ByteBuf bytes = (ByteBuf) each;
            int taken = Math.min(bytes.readableBytes(), message.length - at[0]);
            bytes.getBytes(bytes.readerIndex(), message, at[0], taken);
            at[0] += taken;
            return at[0] < message.length;
        });
        return message;
    }
}
