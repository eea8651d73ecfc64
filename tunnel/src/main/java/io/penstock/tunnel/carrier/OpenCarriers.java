package io.penstock.tunnel.carrier;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The carriers of a process that are not closed yet, also those whose links are over and whose last bytes are on their way. Whoever
 * ends the event loops waits for them first, or the kernel throws those bytes away.
 *
 * <p><em>Thread-safe</em>.
 */
public final class OpenCarriers {

    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    void add(Channel carrier) {
        channels.add(carrier);
    }

    /** Waits until all that are open now have closed; false when the limit came first. Never on an event loop. */
    public boolean awaitClosed(Duration limit) {
        return channels.newCloseFuture().awaitUninterruptibly(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
