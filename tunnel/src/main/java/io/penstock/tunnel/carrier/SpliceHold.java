package io.penstock.tunnel.carrier;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one direction that were taken from the source and not yet by the sink: one chunk or one pipe, so that
 * memory per direction is constant.
 *
 * <p><em>Loop-confined</em>.
 */
final class SpliceHold {
    static final int CHUNK = 32 * 1024;

    private final Socket sink;
    private final PipePool pipes;
    private @Nullable ByteBuf chunk;
    private @Nullable SplicePipe pipe;
    private long moved;

    /** Begins with the bytes in {@code first}, a direct buffer, and releases it. */
    SpliceHold(Socket sink, ByteBuf first, PipePool pipes) {
        this.sink = sink;
        this.chunk = first;
        this.pipes = pipes;
    }

    boolean canSplice() {
        return pipes.isAllowed();
    }

    /** Returns how many bytes the sink has taken in all. */
    long moved() {
        return moved;
    }

    /** Gives the sink what is held; returns false if it takes no more for now. */
    boolean drain() throws IOException {
        return drainChunk() && drainPipe();
    }

    /** Copies what the source has, up to a chunk; 0 is a pause and -1 the end. Nothing may be held. */
    int copyFrom(Socket source) throws IOException {
        ByteBuf fresh = ByteBufAllocator.DEFAULT.directBuffer(CHUNK, CHUNK);
        chunk = fresh;
        ByteBuffer room = fresh.internalNioBuffer(0, CHUNK);
        int read = source.recv(room, room.position(), room.limit());
        fresh.writerIndex(Math.max(read, 0));
        return read;
    }

    /** Splices what the source has; 0 is a pause, or the end, or that there is no pipe. Nothing may be held. */
    int spliceFrom(Socket source) throws IOException {
        if (pipe == null) {
            pipe = pipes.take().orElse(null);
        }
        return pipe == null ? 0 : pipe.fillFrom(source);
    }

    void endSink() throws IOException {
        sink.shutdown(false, true);
    }

    void releasePipe() {
        SplicePipe held = pipe;
        pipe = null;
        if (held != null) {
            pipes.give(held);
        }
    }

    void release() {
        releaseChunk();
        releasePipe();
    }

    private boolean drainChunk() throws IOException {
        ByteBuf left = chunk;
        while (left != null && left.isReadable()) {
            ByteBuffer bytes = left.internalNioBuffer(left.readerIndex(), left.readableBytes());
            int given = sink.send(bytes, bytes.position(), bytes.limit());
            if (given == 0) {
                return false;
            }
            left.skipBytes(given);
            moved += given;
        }
        releaseChunk();
        return true;
    }

    private boolean drainPipe() throws IOException {
        SplicePipe held = pipe;
        while (held != null && !held.isEmpty()) {
            int given = held.drainTo(sink);
            if (given == 0) {
                return false;
            }
            moved += given;
        }
        return true;
    }

    private void releaseChunk() {
        if (chunk != null) {
            chunk.release();
            chunk = null;
        }
    }
}
