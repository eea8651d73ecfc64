package io.penstock.tunnel.frame;

import io.netty.buffer.ByteBuf;

/**
 * One message on a link. All frames, the acknowledgements among them, are bytes of one numbered stream in each direction.
 *
 * <p>Stream ids are plain ints here, because frames are made per event: positive, odd when the agent opened the stream, even
 * when the gateway did; 0 is the link itself.
 *
 * <p><em>Immutable</em>, but for the reference count of {@link Data#bytes()}: whoever takes a frame releases it or hands it on.
 */
public sealed interface Frame {

    /** The most payload bytes of one DATA frame: small enough that a bulk stream cannot hold up the others for long. */
    int MAX_DATA = 16 * 1024;

    /** The most bytes of UTF-8 text that a RESET or CLOSE carries for people. */
    int MAX_DETAIL = 200;

    /** Bytes of every frame's header. */
    int HEADER_LENGTH = 8;

    FrameType type();

    /** Bytes on the wire, header included; for texts outside ASCII a little less. */
    default int size() {
        return HEADER_LENGTH
                + switch (type()) {
                    case OPEN -> ((Open) this).target().size();
                    case DATA -> ((Data) this).bytes().readableBytes();
                    case RESET -> 2 + ((Reset) this).detail().length();
                    case CLOSE -> 2 + ((Close) this).detail().length();
                    case ACCEPT, HALF_CLOSE -> 0;
                    case CREDIT -> 4;
                    case GO_AWAY -> 6;
                    case PING, PONG, ACK -> 8;
                };
    }

    /** A new stream. Data of the opener may follow at once, up to the window that the handshake announced. */
    record Open(int stream, StreamTarget target) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.OPEN;
        }
    }

    /** The far side reached the target. */
    record Accept(int stream) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.ACCEPT;
        }
    }

    /** Bytes of a stream, paid for by credit. May be a part of what the peer sent as one frame. */
    record Data(int stream, ByteBuf bytes) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.DATA;
        }
    }

    /** Permission to send that many more bytes on the stream. */
    record Credit(int stream, int bytes) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.CREDIT;
        }
    }

    /** The sender will send no more data on the stream; the other direction goes on. */
    record HalfClose(int stream) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.HALF_CLOSE;
        }
    }

    /** The abrupt end of a stream, both directions. */
    record Reset(int stream, ResetCode code, String detail) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.RESET;
        }
    }

    /** Asks for a PONG with the same nonce. */
    record Ping(long nonce) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.PING;
        }
    }

    /** Answers a PING. */
    record Pong(long nonce) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.PONG;
        }
    }

    /** No new streams from the receiver beyond {@code lastStream}, the newest of its streams that the sender will serve. */
    record GoAway(int lastStream, ResetCode code) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.GO_AWAY;
        }
    }

    /** The link is over, with all of its streams: no carrier will follow this one. {@code NONE} after a drain. */
    record Close(ResetCode code, String detail) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.CLOSE;
        }
    }

    /** Every byte before {@code offset} of the receiver's numbered stream has arrived. */
    record Ack(long offset) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.ACK;
        }
    }
}
