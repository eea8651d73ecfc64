package io.penstock.tunnel.carrier;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.penstock.tunnel.link.Loop;
import java.util.concurrent.TimeUnit;

/**
 * A Netty event loop as the owner of links. Tasks run after the batch of events that asked for them, which makes "the end of this
 * turn" of it.
 *
 * <p><em>Thread-safe</em>.
 */
public final class NettyLoop implements Loop {

    private final EventLoop loop;

    public NettyLoop(EventLoop loop) {
        this.loop = loop;
    }

    public EventLoop eventLoop() {
        return loop;
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public Timer schedule(Runnable task, long delayNanos) {
        Future<?> scheduled = loop.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public boolean isInLoop() {
        return loop.inEventLoop();
    }
}
