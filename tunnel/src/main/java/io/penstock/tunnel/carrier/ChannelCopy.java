package io.penstock.tunnel.carrier;

import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import io.penstock.tunnel.link.LinkSide;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A pair of carriers of any transport, joined by copying. Each channel stays on its own loop.
 *
 * <p><em>Thread-safe</em>.
 */
final class ChannelCopy implements CarrierSplice {
    private final WaitingCarrier agent;
    private final WaitingCarrier gateway;
    private final RelayEvents events;
    private final Runnable onEnded;
    private final AtomicInteger openHalves = new AtomicInteger(2);
    private final AtomicBoolean ended = new AtomicBoolean();

    ChannelCopy(WaitingCarrier agent, WaitingCarrier gateway, RelayEvents events, Runnable onEnded) {
        this.agent = agent;
        this.gateway = gateway;
        this.events = events;
        this.onEnded = onEnded;
    }

    void start() {
        agent.yieldTo(new CopyHandler(LinkSide.AGENT, gateway.channel(), this, events));
        gateway.yieldTo(new CopyHandler(LinkSide.GATEWAY, agent.channel(), this, events));
    }

    @Override
    public void reset() {
        end(true);
    }

    void halfEnded(Future<?> shutdown) {
        if (!shutdown.isSuccess()) {
            end(true);
        } else if (openHalves.decrementAndGet() == 0) {
            end(false);
        }
    }

    private void end(boolean reset) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        for (SocketChannel channel : List.of(agent.channel(), gateway.channel())) {
            if (reset && channel.isOpen()) {
                channel.config().setSoLinger(0);
            }
            channel.close();
        }
        onEnded.run();
    }
}
