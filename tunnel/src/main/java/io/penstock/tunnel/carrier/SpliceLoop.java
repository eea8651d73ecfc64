package io.penstock.tunnel.carrier;

import io.netty.channel.EventLoop;
import java.util.Optional;

/**
 * One event loop on which pairs live, with its share of them and its pipes.
 *
 * <p><em>Loop-confined</em>: the count to the relay's desk, the pipes to the loop itself.
 */
final class SpliceLoop {
    private final EventLoop loop;
    private final Optional<PipePool> pipes;
    private int pairs;

    SpliceLoop(EventLoop loop, boolean kernelSplice) {
        this.loop = loop;
        pipes = kernelSplice ? Optional.of(new PipePool()) : Optional.empty();
    }

    EventLoop loop() {
        return loop;
    }

    /** Returns the pipes to splice through; nothing where bytes are to be copied. */
    Optional<PipePool> pipes() {
        return pipes;
    }

    int pairs() {
        return pairs;
    }

    void enter() {
        pairs++;
    }

    void leave() {
        pairs--;
    }

    void close() {
        if (!loop.isShutdown()) {
            pipes.ifPresent(pool -> loop.execute(pool::close));
        }
    }
}
