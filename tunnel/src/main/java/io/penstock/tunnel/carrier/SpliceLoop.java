package io.penstock.tunnel.carrier;

import io.netty.channel.EventLoop;

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
        if (!loop.isShutdown()) {
            loop.execute(pipes::close);
        }
    }
}
