package io.penstock.tunnel.carrier;

import io.netty.buffer.ByteBuf;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkSide;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What both ends of a link say first, behind the JOIN and before any frame:
 *
 * <pre>
 * magic "PNLK" | version u8 | side u8 | flags u16 | link id 16 | received offset u64 | initial window u32
 * </pre>
 *
 * The received offset is 0 on a link's first carrier; on the next ones it says how far the sender got.
 *
 * @param link which link
 * @param side which end speaks
 * @param resumes whether it would go on with the link on another carrier
 * @param receivedOffset how many numbered bytes of the peer have arrived
 * @param initialWindow bytes that the peer may send on each new stream before any credit
 *     <p><em>Immutable</em>.
 */
record LinkHello(LinkId link, LinkSide side, boolean resumes, long receivedOffset, int initialWindow) {

    static final int LENGTH = 36;

    private static final int MAGIC = 0x504e4c4b;
    private static final int VERSION = 1;
    private static final int RESUMES = 1;

    void encode(ByteBuf out) {
        out.writeInt(MAGIC);
        out.writeByte(VERSION);
        out.writeByte(side.wire());
        out.writeShort(resumes ? RESUMES : 0);
        out.writeLong(link.high());
        out.writeLong(link.low());
        out.writeLong(receivedOffset);
        out.writeInt(initialWindow);
    }

    /** What is wrong with the 36 bytes, as "what: value (expected: ...)", or null; reads nothing. */
    static @Nullable String faultOf(ByteBuf in) {
        int start = in.readerIndex();
        if (in.getInt(start) != MAGIC) {
            return "link handshake: unknown first bytes (expected: PNLK)";
        }
        if (in.getUnsignedByte(start + 4) != VERSION) {
            return "link version: " + in.getUnsignedByte(start + 4) + " (expected: " + VERSION + ")";
        }
        if (LinkSide.ofWire(in.getUnsignedByte(start + 5)).isEmpty()) {
            return "link side: " + in.getUnsignedByte(start + 5) + " (expected: 1 or 2)";
        }
        long window = in.getUnsignedInt(start + 32);
        return window < 1 || window > Integer.MAX_VALUE
                ? "initial window: " + window + " (expected: 1 to " + Integer.MAX_VALUE + ")"
                : null;
    }

    /** Reads the 36 bytes, in which {@link #faultOf} found no fault. */
    static LinkHello decode(ByteBuf in) {
        in.skipBytes(5);
        Optional<LinkSide> side = LinkSide.ofWire(in.readUnsignedByte());
        boolean resumes = (in.readUnsignedShort() & RESUMES) != 0;
        LinkId link = new LinkId(in.readLong(), in.readLong());
        return new LinkHello(link, side.orElseThrow(), resumes, in.readLong(), in.readInt());
    }
}
