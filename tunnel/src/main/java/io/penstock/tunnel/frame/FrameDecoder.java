package io.penstock.tunnel.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.penstock.tunnel.LoopConfined;
import org.jspecify.annotations.Nullable;

/**
 * Frames out of the bytes of one direction of a link, however they are cut. DATA is passed on as it arrives, without waiting
 * for the rest of its frame and without copying; all other payloads are short and gathered first.
 *
 * <p>The decoder outlives carriers: a frame may begin on one and end on the next. After a violation it takes nothing more.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
public final class FrameDecoder {

    /** Takes what the decoder finds. The bytes of a DATA frame belong to the sink. */
    public interface Sink {
        void onFrame(Frame frame);

        /** The peer broke the protocol; the sentence says how and what was expected. No frame follows. */
        void onViolation(String sentence);
    }

    private final Sink sink;
    private final ByteBuf gathered = Unpooled.buffer(64, Frame.HEADER_LENGTH + FRAME_LIMIT);
    private int missing = Frame.HEADER_LENGTH;
    private @Nullable FrameType type;
    private int stream;
    private boolean broken;

    /** The longest payload that is gathered: an OPEN's. */
    private static final int FRAME_LIMIT = 640;

    public FrameDecoder(Sink sink) {
        this.sink = sink;
    }

    /** Reads all of {@code in}, which stays the caller's. */
    public void decode(ByteBuf in) {
        while (in.isReadable() && !broken) {
            if (type == FrameType.DATA) {
                passData(in);
            } else if (gather(in)) {
                completed();
            }
        }
    }

    /** Whether the last byte seen was the last of a frame. */
    public boolean isAtFrameBoundary() {
        return type == null && !gathered.isReadable();
    }

    private void passData(ByteBuf in) {
        int length = Math.min(missing, in.readableBytes());
        missing -= length;
        int id = stream;
        if (missing == 0) {
            expectHeader();
        }
        sink.onFrame(new Frame.Data(id, in.readRetainedSlice(length)));
    }

    /** Moves bytes of {@code in} to the gathered ones; true once the header or the payload is whole. */
    private boolean gather(ByteBuf in) {
        int length = Math.min(missing, in.readableBytes());
        gathered.writeBytes(in, length);
        missing -= length;
        return missing == 0;
    }

    private void completed() {
        if (type == null) {
            header();
        } else {
            FrameType found = type;
            Frame frame = payload(found);
            expectHeader();
            emit(found, frame);
        }
    }

    private void header() {
        long header = gathered.readLong();
        gathered.clear();
        int wire = (int) (header >>> 56);
        FrameType found = FrameType.ofWire(wire);
        if (found == null) {
            violation("frame type: " + wire + " (expected: 1 to 11)");
            return;
        }
        int length = (int) (header >>> 32) & 0xffffff;
        String fault = found.faultOf(length, (int) header);
        if (fault != null) {
            violation(fault);
            return;
        }
        begin(found, length, (int) header);
    }

    private void begin(FrameType found, int length, int streamId) {
        stream = streamId;
        missing = length;
        type = found;
        if (length == 0) {
            completed();
        }
    }

    private void expectHeader() {
        type = null;
        missing = Frame.HEADER_LENGTH;
        gathered.clear();
    }

    private @Nullable Frame payload(FrameType found) {
        return switch (found) {
            case OPEN -> open();
            case ACCEPT -> new Frame.Accept(stream);
            case DATA -> throw new IllegalStateException("DATA is passed on, never gathered");
            case CREDIT -> new Frame.Credit(stream, gathered.readInt());
            case HALF_CLOSE -> new Frame.HalfClose(stream);
            case RESET -> reset();
            case PING -> new Frame.Ping(gathered.readLong());
            case PONG -> new Frame.Pong(gathered.readLong());
            case GO_AWAY -> new Frame.GoAway(gathered.readInt(), ResetCode.ofWire(gathered.readUnsignedShort()));
            case ACK -> new Frame.Ack(gathered.readLong());
            case CLOSE -> new Frame.Close(ResetCode.ofWire(gathered.readUnsignedShort()), gathered.toString(UTF_8));
        };
    }

    private @Nullable Frame open() {
        StreamTarget target = StreamTarget.decode(gathered);
        return target == null ? null : new Frame.Open(stream, target);
    }

    private @Nullable Frame reset() {
        ResetCode code = ResetCode.ofWire(gathered.readUnsignedShort());
        // A reset that says "ended cleanly" would let a truncated body look complete.
        return code == ResetCode.NONE ? null : new Frame.Reset(stream, code, gathered.toString(UTF_8));
    }

    private void emit(FrameType found, @Nullable Frame frame) {
        if (frame == null) {
            violation(
                    found == FrameType.OPEN
                            ? "OPEN target: unreadable (expected: port, intercept id, peer)"
                            : found + " code: 0 (expected: 1 to 65535)");
        } else {
            sink.onFrame(frame);
        }
    }

    private void violation(String sentence) {
        broken = true;
        sink.onViolation(sentence);
    }
}
