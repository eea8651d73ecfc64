package io.penstock.tunnel.carrier;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Promise;
import org.jspecify.annotations.Nullable;

/**
 * Two carriers on their way from Netty's channels to a kernel splice: each leaves its own loop, and when both have left
 * the splice begins on the pair's loop. Until then it stands for the splice.
 *
 * <p><em>Loop-confined</em> to the pair's loop, except {@link #start} and {@link #reset}.
 */
final class KernelJoin implements CarrierSplice {
    private final SpliceLoop home;
    private final RelayEvents events;
    private final Runnable onEnded;
    private final Promise<DetachedCarrier> agent;
    private final Promise<DetachedCarrier> gateway;
    private @Nullable KernelSplice splice;
    private boolean begun;
    private boolean reset;

    KernelJoin(SpliceLoop home, RelayEvents events, Runnable onEnded) {
        this.home = home;
        this.events = events;
        this.onEnded = onEnded;
        EventLoop loop = home.loop();
        agent = loop.newPromise();
        gateway = loop.newPromise();
    }

    void start(WaitingCarrier fromAgent, WaitingCarrier fromGateway) {
        agent.addListener(left -> proceed());
        gateway.addListener(left -> proceed());
        fromAgent.detach(agent);
        fromGateway.detach(gateway);
    }

    @Override
    public void reset() {
        if (home.loop().isShutdown()) {
            return; // the loop has reset its splices by itself
        }
        home.loop().execute(() -> {
            reset = true;
            if (splice != null) {
                splice.reset();
            }
        });
    }

    private void proceed() {
        if (begun || !agent.isDone() || !gateway.isDone()) {
            return;
        }
        begun = true;
        if (reset || !agent.isSuccess() || !gateway.isSuccess()) {
            drop(agent);
            drop(gateway);
            onEnded.run();
            return;
        }
        splice = new KernelSplice(home, agent.getNow(), gateway.getNow(), events, onEnded);
        splice.start();
    }

    private static void drop(Promise<DetachedCarrier> carrier) {
        if (carrier.isSuccess()) {
            carrier.getNow().drop();
        }
    }
}
