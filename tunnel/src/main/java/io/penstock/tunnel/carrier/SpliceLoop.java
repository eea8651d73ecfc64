package io.penstock.tunnel.carrier;

import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;

/**
 * One event loop on which pairs live, with its share of them and its pipes.
 *
 * <p><em>Loop-confined</em>: the count to the relay's desk, the pipes to the loop itself.
 */
final class SpliceLoop {
    private final EventLoop loop;
    private final PipePool pipes;
    private int pairs;

    SpliceLoop(EventLoop loop, boolean kernelSplice) {
        this.loop = loop;
        pipes = new PipePool(kernelSplice);
    }

    EventLoop loop() {
        return loop;
    }

    PipePool pipes() {
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
        try {
            loop.execute(pipes::close);
        } catch (RejectedExecutionException e) {
            // The loop has ended, and so does the process that its pipes belong to.
        }
    }
}
