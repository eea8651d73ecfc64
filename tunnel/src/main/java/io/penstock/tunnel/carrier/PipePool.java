package io.penstock.tunnel.carrier;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * The empty pipes of one event loop. A pair holds a pipe only while bytes are in it, so that idle pairs cost no
 * descriptors beyond their two sockets.
 *
 * <p><em>Loop-confined</em>.
 */
final class PipePool {
    private static final int MAX_IDLE = 16;

    private final boolean allowed;
    private final ArrayDeque<SplicePipe> idle = new ArrayDeque<>();
    private boolean closed;

    /** One that is not allowed never has a pipe: everything is copied. */
    PipePool(boolean allowed) {
        this.allowed = allowed;
    }

    boolean isAllowed() {
        return allowed;
    }

    /** Returns an empty pipe, or nothing when this process may open no more descriptors. */
    Optional<SplicePipe> take() {
        if (!allowed) {
            return Optional.empty();
        }
        if (!idle.isEmpty()) {
            return Optional.of(idle.pop());
        }
        try {
            return Optional.of(SplicePipe.open());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Takes a pipe back; one with bytes left in it is of no use to another pair. */
    void give(SplicePipe pipe) {
        if (closed || !pipe.isEmpty() || idle.size() == MAX_IDLE) {
            pipe.close();
        } else {
            idle.push(pipe);
        }
    }

    void close() {
        closed = true;
        idle.forEach(SplicePipe::close);
        idle.clear();
    }
}
