package io.penstock.tunnel.carrier;

import io.netty.channel.unix.Socket;
import java.io.IOException;

/**
 * One direction of a pair of sockets. While the sink takes nothing, nothing is read: the source's peer then feels TCP's
 * own back-pressure.
 *
 * <p>Small messages are copied, which costs less than a pipe; a read that fills its chunk switches to the kernel's
 * splice, and a splice of little switches back. It relies on edge-triggered readiness: {@link #pump} goes on until the
 * source is dry or the sink is full.
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

    /** What is known of the source. */
    private enum Source {
        READABLE,
        /** A splice gave nothing: a pause or the end. A plain read tells which. */
        DOUBTFUL,
        DRY,
        /** It has ended; the sink gets what is held, and then the end. */
        DRAINED,
        ENDED
    }

    private static final int WORTH_A_PIPE = 16 * 1024;
    private static final int TURN = 1024 * 1024;

    private final Socket source;
    private final SpliceHold hold;
    private Source state = Source.READABLE;
    private boolean bulk;
    private boolean ending;
    private boolean full;
    private long reported;

    SpliceHalf(Socket source, SpliceHold hold) {
        this.source = source;
        this.hold = hold;
    }

    /** Notes that the source's end is near, so that a short read no longer means that nothing more will come. */
    void sourceEnding() {
        ending = true;
    }

    boolean isEnded() {
        return state == Source.ENDED;
    }

    /** Returns whether nothing can go on until the sink is writable again. */
    boolean isFull() {
        return full;
    }

    /** Returns how many bytes the sink has taken since the last call. */
    long takeMoved() {
        long fresh = hold.moved() - reported;
        reported += fresh;
        return fresh;
    }

    Stop pump() throws IOException {
        if (state == Source.DRY) {
            state = Source.READABLE;
        }
        long limit = hold.moved() + TURN;
        while (hold.drain()) {
            full = false;
            if (state == Source.DRAINED) {
                hold.endSink();
                state = Source.ENDED;
            }
            if (state == Source.ENDED) {
                return Stop.ENDED;
            }
            if (state == Source.DRY) {
                return Stop.DRY;
            }
            if (hold.moved() >= limit) {
                return Stop.YIELD;
            }
            fill();
        }
        full = true;
        return Stop.FULL;
    }

    void release() {
        hold.release();
    }

    private void fill() throws IOException {
        if (bulk && state == Source.READABLE) {
            splice();
        } else {
            hold.releasePipe();
            copy();
        }
    }

    private void splice() throws IOException {
        int taken = hold.spliceFrom(source);
        if (taken == 0) {
            state = Source.DOUBTFUL;
        } else {
            bulk = taken >= WORTH_A_PIPE;
        }
    }

    private void copy() throws IOException {
        int read = hold.copyFrom(source);
        if (read > 0 || state != Source.DOUBTFUL) {
            bulk = read == SpliceHold.CHUNK && hold.canSplice();
        }
        if (read < 0) {
            state = Source.DRAINED;
        } else if (read == 0 || (read < SpliceHold.CHUNK && !ending)) {
            state = Source.DRY;
        } else {
            state = Source.READABLE;
        }
    }
}
