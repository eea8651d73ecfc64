package io.penstock.tunnel.carrier;

import io.netty.channel.socket.DuplexChannel;
import io.penstock.tunnel.link.LinkSide;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A pair of carriers of any kind, joined by copying. Each channel stays on its own loop.
 *
 * <pre>
 * one side           says its end          is cut, or goes without     goes after its end
 * the other side     is told, in order     is reset                    is told, in order; what it still sends is thrown away
 * </pre>
 *
 * <p>The last column is how carriers part: the one that has said its end listens for a moment and is gone, with TLS it even stops
 * listening. To reset the other one then would take from it what is on its way.
 *
 * <p><em>Thread-safe</em>.
 */
final class ChannelCopy implements CarrierSplice {
    private final WaitingCarrier agent;
    private final WaitingCarrier gateway;
    private final Runnable onEnded;
    private final CopyHandler fromAgent;
    private final CopyHandler fromGateway;
    private final AtomicInteger openHalves = new AtomicInteger(2);
    private final AtomicBoolean ended = new AtomicBoolean();

    ChannelCopy(WaitingCarrier agent, WaitingCarrier gateway, RelayEvents events, Runnable onEnded) {
        this.agent = agent;
        this.gateway = gateway;
        this.onEnded = onEnded;
        this.fromAgent = new CopyHandler(LinkSide.AGENT, gateway.channel(), this, events);
        this.fromGateway = new CopyHandler(LinkSide.GATEWAY, agent.channel(), this, events);
    }

    void start() {
        agent.yieldTo(fromAgent);
        gateway.yieldTo(fromGateway);
    }

    @Override
    public void reset() {
        end(true);
    }

    /** Whether that side has said that it sends no more. */
    boolean hasEnded(LinkSide side) {
        return (side == LinkSide.AGENT ? fromAgent : fromGateway).hasEnded();
    }

    /** Called once for each direction. */
    void halfEnded() {
        if (openHalves.decrementAndGet() == 0) {
            end(false);
        }
    }

    private void end(boolean reset) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        for (DuplexChannel channel : List.of(agent.channel(), gateway.channel())) {
            if (reset) {
                ChannelEnding.reset(channel);
            } else {
                channel.close();
            }
        }
        onEnded.run();
    }
}
