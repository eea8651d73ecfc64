package io.penstock.tunnel.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.frame.Frame;
import io.penstock.tunnel.frame.FrameEncoder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way to bytes. Control frames and small payloads are copied into one chunk, so that hundreds of streams share
 * a buffer and a system call; a large payload is passed on as it is, behind its header.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class OutboundBatch {

    private static final int CHUNK = 16 * 1024;

    /** Payloads up to this size are copied: cheaper than another buffer to retain, gather and acknowledge. */
    private static final int COPY_LIMIT = 1024;

    /** The room that the largest copied frame needs. */
    private static final int ROOM = Frame.HEADER_LENGTH + COPY_LIMIT;

    private final ByteBufAllocator allocator;
    private final Consumer<ByteBuf> out;
    private @Nullable ByteBuf chunk;

    /** @param out takes over each buffer that is ready to leave */
    OutboundBatch(ByteBufAllocator allocator, Consumer<ByteBuf> out) {
        this.allocator = allocator;
        this.out = out;
    }

    /** Takes the frame over. */
    void add(Frame frame) {
        ByteBuf buffer = chunkWithRoom();
        if (!(frame instanceof Frame.Data data)) {
            FrameEncoder.encode(frame, buffer);
        } else if (data.bytes().readableBytes() <= COPY_LIMIT) {
            FrameEncoder.encode(data, buffer);
            data.bytes().release();
        } else {
            FrameEncoder.encodeHeader(data, buffer);
            emit(buffer);
            out.accept(data.bytes());
        }
    }

    /** Bytes that have been gathered and not passed on. */
    int pending() {
        return chunk == null ? 0 : chunk.readableBytes();
    }

    /** Passes on what has been gathered. */
    void flush() {
        if (chunk != null && chunk.isReadable()) {
            emit(chunk);
        }
    }

    void clear() {
        if (chunk != null) {
            chunk.release();
            chunk = null;
        }
    }

    private ByteBuf chunkWithRoom() {
        if (chunk != null && chunk.writableBytes() < ROOM) {
            flush();
            clear();
        }
        if (chunk == null) {
            chunk = allocator.ioBuffer(CHUNK, CHUNK);
        }
        return chunk;
    }

    private void emit(ByteBuf buffer) {
        out.accept(buffer.readRetainedSlice(buffer.readableBytes()));
    }
}
