package io.penstock.tunnel.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;

/**
 * The bytes of a frame. DATA is split: {@link #encodeHeader} writes its header, and the caller places the payload, because
 * whether to copy or to chain it is a question of IO.
 *
 * <pre>
 *  0        8                     32                                  64
 *  +--------+---------------------+-----------------------------------+---------
 *  | type   | payload length      | stream id                         | payload
 *  +--------+---------------------+-----------------------------------+---------
 * </pre>
 *
 * <p><em>Immutable</em>.
 */
public final class FrameEncoder {

    private FrameEncoder() {}

    /** Writes the 8 header bytes of a DATA frame with that many payload bytes. */
    public static void encodeHeader(Frame.Data frame, ByteBuf out) {
        header(FrameType.DATA, frame.bytes().readableBytes(), frame.stream(), out);
    }

    /** Writes a whole frame; a DATA frame's payload is copied and stays the caller's. */
    public static void encode(Frame frame, ByteBuf out) {
        switch (frame.type()) {
            case OPEN -> open((Frame.Open) frame, out);
            case ACCEPT -> header(FrameType.ACCEPT, 0, ((Frame.Accept) frame).stream(), out);
            case DATA -> data((Frame.Data) frame, out);
            case CREDIT -> credit((Frame.Credit) frame, out);
            case HALF_CLOSE -> header(FrameType.HALF_CLOSE, 0, ((Frame.HalfClose) frame).stream(), out);
            case RESET -> reset((Frame.Reset) frame, out);
            case PING -> number(FrameType.PING, ((Frame.Ping) frame).nonce(), out);
            case PONG -> number(FrameType.PONG, ((Frame.Pong) frame).nonce(), out);
            case GO_AWAY -> goAway((Frame.GoAway) frame, out);
            case ACK -> number(FrameType.ACK, ((Frame.Ack) frame).offset(), out);
            case CLOSE -> close((Frame.Close) frame, out);
        }
    }

    private static void header(FrameType type, int length, int stream, ByteBuf out) {
        out.writeLong((long) type.wire() << 56 | (long) length << 32 | stream);
    }

    private static void open(Frame.Open frame, ByteBuf out) {
        int start = out.writerIndex();
        header(FrameType.OPEN, 0, frame.stream(), out);
        frame.target().encode(out);
        int length = out.writerIndex() - start - Frame.HEADER_LENGTH;
        out.setInt(start, FrameType.OPEN.wire() << 24 | length);
    }

    private static void data(Frame.Data frame, ByteBuf out) {
        encodeHeader(frame, out);
        out.writeBytes(frame.bytes(), frame.bytes().readerIndex(), frame.bytes().readableBytes());
    }

    private static void credit(Frame.Credit frame, ByteBuf out) {
        header(FrameType.CREDIT, 4, frame.stream(), out);
        out.writeInt(frame.bytes());
    }

    private static void reset(Frame.Reset frame, ByteBuf out) {
        end(FrameType.RESET, frame.stream(), frame.code(), frame.detail(), out);
    }

    private static void close(Frame.Close frame, ByteBuf out) {
        end(FrameType.CLOSE, 0, frame.code(), frame.detail(), out);
    }

    private static void end(FrameType type, int stream, ResetCode code, String detail, ByteBuf out) {
        byte[] text = detail.getBytes(UTF_8);
        int length = Math.min(text.length, Frame.MAX_DETAIL);
        header(type, 2 + length, stream, out);
        out.writeShort(code.wire());
        out.writeBytes(text, 0, length);
    }

    private static void number(FrameType type, long value, ByteBuf out) {
        header(type, 8, 0, out);
        out.writeLong(value);
    }

    private static void goAway(Frame.GoAway frame, ByteBuf out) {
        header(FrameType.GO_AWAY, 6, 0, out);
        out.writeInt(frame.lastStream());
        out.writeShort(frame.code().wire());
    }
}
