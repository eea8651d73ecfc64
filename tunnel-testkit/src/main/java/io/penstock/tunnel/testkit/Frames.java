package io.penstock.tunnel.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.penstock.tunnel.frame.Frame;
import io.penstock.tunnel.frame.FrameEncoder;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.frame.StreamTarget;

/**
 * One-line builders of frames.
 *
 * <p><em>Immutable</em>.
 */
public final class Frames {

    public static final StreamTarget TARGET = new StreamTarget("i-1", 8080, "10.0.0.7:40000");

    private Frames() {}

    public static Frame open(int stream) {
        return new Frame.Open(stream, TARGET);
    }

    public static Frame accept(int stream) {
        return new Frame.Accept(stream);
    }

    public static Frame data(int stream, String text) {
        return new Frame.Data(stream, Unpooled.copiedBuffer(text, US_ASCII));
    }

    /** That many zero bytes. */
    public static Frame data(int stream, int length) {
        return new Frame.Data(stream, Unpooled.wrappedBuffer(new byte[length]));
    }

    public static Frame credit(int stream, int bytes) {
        return new Frame.Credit(stream, bytes);
    }

    public static Frame halfClose(int stream) {
        return new Frame.HalfClose(stream);
    }

    public static Frame reset(int stream, ResetCode code) {
        return new Frame.Reset(stream, code, "");
    }

    public static Frame close(ResetCode code, String detail) {
        return new Frame.Close(code, detail);
    }

    public static Frame ping(long nonce) {
        return new Frame.Ping(nonce);
    }

    public static Frame pong(long nonce) {
        return new Frame.Pong(nonce);
    }

    public static Frame goAway(int lastStream) {
        return new Frame.GoAway(lastStream, ResetCode.SHUTDOWN);
    }

    public static Frame ack(long offset) {
        return new Frame.Ack(offset);
    }

    /** The bytes of the frames, one behind the other; takes the frames over. */
    public static ByteBuf bytes(Frame... frames) {
        ByteBuf out = Unpooled.buffer();
        for (Frame frame : frames) {
            FrameEncoder.encode(frame, out);
            if (frame instanceof Frame.Data data) {
                data.bytes().release();
            }
        }
        return out;
    }
}
