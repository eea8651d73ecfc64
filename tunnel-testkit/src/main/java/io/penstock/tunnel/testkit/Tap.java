package io.penstock.tunnel.testkit;

import io.netty.buffer.ByteBuf;
import io.penstock.tunnel.frame.Frame;
import io.penstock.tunnel.frame.FrameDecoder;
import java.util.HashMap;
import java.util.Map;

/**
 * The bytes of data and of credit that are under way in one direction of a link, by stream, whichever carrier they are on; and
 * all the credit that ever left. What is sent again counts once.
 *
 * <p><em>Loop-confined</em>.
 */
final class Tap {

    private final Map<Integer, Long> data = new HashMap<>();
    private final Map<Integer, Long> credit = new HashMap<>();
    private final Map<Integer, Long> creditEver = new HashMap<>();
    private final FrameDecoder sent = new FrameDecoder(new Counter(1));
    private final FrameDecoder arrived = new FrameDecoder(new Counter(-1));

    private long sentBytes;
    private long again;

    /** What is sent from now on begins at this offset, which was sent before. */
    void replayFrom(long offset) {
        again = sentBytes - offset;
    }

    void sent(ByteBuf bytes) {
        int known = (int) Math.min(again, bytes.readableBytes());
        again -= known;
        sentBytes += bytes.readableBytes() - known;
        sent.decode(bytes.duplicate().skipBytes(known));
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
