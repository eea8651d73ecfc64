package io.penstock.tunnel.carrier;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a pair of sockets. It holds at most one chunk or one pipe of bytes that the sink has not taken, and
 * reads nothing meanwhile: the source's peer then feels TCP's own back-pressure.
 *
 * <p>Small messages are copied, which costs less than a pipe; a read that fills its chunk switches to the kernel's
 * splice, and a splice of little switches back. It relies on edge-triggered readiness: {@link #pump} goes on until the source is dry
 * or the sink is full.
 *
 * <p><em>Loop-confined</em>.
 */
final class SpliceHalf {
    /** Why a pump stopped. */
    enum Stop {
        /** The source has nothing more for now. */
        DRY,
        /** The sink takes nothing more for now. */
        FULL,
        /** Others on the loop are due; pump again soon. */
        YIELD,
        /** The source has ended, all its bytes were taken, and the sink was told. */
        ENDED
    }

    private static final int CHUNK = 32 * 1024;
    private static final int WORTH_A_PIPE = 16 * 1024;
    private static final int TURN = 1024 * 1024;

    private final Socket source;
    private final Socket sink;
    private final Optional<PipePool> pipes;
    private @Nullable ByteBuf chunk;
    private @Nullable SplicePipe pipe;
    private boolean bulk;
    private boolean doubtful;
    private boolean dry;
    private boolean ending;
    private boolean ended;
    private boolean full;
    private long moved;

    /** Begins with the bytes in {@code first}, a direct buffer, and releases it. Without pipes everything is copied. */
    SpliceHalf(Socket source, Socket sink, ByteBuf first, Optional<PipePool> pipes) {
        this.source = source;
        this.sink = sink;
        this.chunk = first;
        this.pipes = pipes;
    }

    /** Notes that the source's end is near, so that a short read no longer means that nothing more will come. */
    void sourceEnding() {
        ending = true;
    }

    boolean isEnded() {
        return ended && chunk == null && pipe == null;
    }

    /** Returns whether nothing can go on until the sink is writable again. */
    boolean isFull() {
        return full;
    }

    /** Returns how many bytes the sink has taken since the last call. */
    long takeMoved() {
        long taken = moved;
        moved = 0;
        return taken;
    }

    Stop pump() throws IOException {
        if (isEnded()) {
            return Stop.ENDED;
        }
        dry = false;
        full = false;
        long limit = moved + TURN;
        while (drain()) {
            if (ended) {
                sink.shutdown(false, true);
                return Stop.ENDED;
            }
            if (dry) {
                return Stop.DRY;
            }
            if (moved >= limit) {
                return Stop.YIELD;
            }
            fill();
        }
        full = true;
        return Stop.FULL;
    }

    void release() {
        releaseChunk();
        releasePipe();
    }

    private boolean drain() throws IOException {
        return drainChunk() && drainPipe();
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
        if (!bulk || doubtful) {
            releasePipe();
        }
        return true;
    }

    private void fill() throws IOException {
        if (bulk && !doubtful) {
            fillPipe();
        } else {
            fillChunk();
        }
    }

    /** A splice of nothing may be the source's end or a pause; the plain read that follows tells which. */
    private void fillPipe() throws IOException {
        if (pipe == null) {
            pipe = pipes.flatMap(PipePool::take).orElse(null);
        }
        int taken = pipe == null ? 0 : pipe.fillFrom(source);
        doubtful = taken == 0;
        bulk = pipe != null && (doubtful || taken >= WORTH_A_PIPE);
    }

    private void fillChunk() throws IOException {
        ByteBuf fresh = ByteBufAllocator.DEFAULT.directBuffer(CHUNK, CHUNK);
        chunk = fresh;
        ByteBuffer room = fresh.internalNioBuffer(0, CHUNK);
        int read = source.recv(room, room.position(), room.limit());
        if (read < 0) {
            ended = true;
            return;
        }
        fresh.writerIndex(read);
        dry = read == 0 || (read < CHUNK && !ending);
        bulk = pipes.isPresent() && (read == CHUNK || (read == 0 && doubtful));
        doubtful = false;
    }

    private void releaseChunk() {
        if (chunk != null) {
            chunk.release();
            chunk = null;
        }
    }

    private void releasePipe() {
        SplicePipe held = pipe;
        pipe = null;
        if (held != null) {
            pipes.ifPresentOrElse(pool -> pool.give(held), held::close);
        }
    }
}
