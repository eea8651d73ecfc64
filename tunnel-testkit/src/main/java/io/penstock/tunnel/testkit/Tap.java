package io.penstock.tunnel.testkit;

import io.netty.buffer.ByteBuf;
import io.penstock.tunnel.frame.Frame;
import io.penstock.tunnel.frame.FrameDecoder;
import java.util.HashMap;
import java.util.Map;

/**
 * The bytes of data and of credit that are under way in one direction of a carrier, by stream; and all the credit that ever
 * left.
 *
 * <p><em>Loop-confined</em>.
 */
final class Tap {

    private final Map<Integer, Long> data = new HashMap<>();
    private final Map<Integer, Long> credit = new HashMap<>();
    private final Map<Integer, Long> creditEver = new HashMap<>();
    private final FrameDecoder sent = new FrameDecoder(new Counter(1));
    private final FrameDecoder arrived = new FrameDecoder(new Counter(-1));

    void sent(ByteBuf bytes) {
        sent.decode(bytes.duplicate());
    }

    void arrived(ByteBuf bytes) {
        arrived.decode(bytes.duplicate());
    }

    long dataUnderWay(int stream) {
        return data.getOrDefault(stream, 0L);
    }

    long creditUnderWay(int stream) {
        return credit.getOrDefault(stream, 0L);
    }

    long creditEver(int stream) {
        return creditEver.getOrDefault(stream, 0L);
    }

    /** Adds what was sent, takes off what arrived. Loop-confined. */
    private final class Counter implements FrameDecoder.Sink {
        private final int sign;

        Counter(int sign) {
            this.sign = sign;
        }

        @Override
        public void onFrame(Frame frame) {
            if (frame instanceof Frame.Data piece) {
                data.merge(piece.stream(), (long) sign * piece.bytes().readableBytes(), Long::sum);
                piece.bytes().release();
            } else if (frame instanceof Frame.Credit grant) {
                credit.merge(grant.stream(), (long) sign * grant.bytes(), Long::sum);
                creditEver.merge(grant.stream(), Math.max(0L, (long) sign * grant.bytes()), Long::sum);
            }
        }

        @Override
        public void onViolation(String sentence) {
            // A scripted peer may send anything; the link itself says what it makes of it.
        }
    }
}
