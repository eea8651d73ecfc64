package io.penstock.tunnel.carrier;

import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollIoOps;
import io.penstock.tunnel.link.LinkSide;
import java.io.IOException;
import java.nio.channels.NotYetConnectedException;

/**
 * A pair of plain epoll sockets on one loop. Netty's channels have let go of them: their descriptors are registered
 * here, on the pair's own loop, wherever they were accepted.
 *
 * <p><em>Loop-confined</em>, except {@link #reset}.
 */
final class KernelSplice implements CarrierSplice {
    private final IoEventLoop loop;
    private final RelayEvents events;
    private final Runnable onEnded;
    private final SpliceEnd agent;
    private final SpliceEnd gateway;
    private final SpliceHalf fromAgent;
    private final SpliceHalf fromGateway;
    private boolean closed;

    /** Each carrier's first bytes are released here. */
    KernelSplice(
            SpliceLoop home, DetachedCarrier agent, DetachedCarrier gateway, RelayEvents events, Runnable onEnded) {
        this.loop = (IoEventLoop) home.loop();
        this.events = events;
        this.onEnded = onEnded;
        this.agent = new SpliceEnd(agent.channel(), this);
        this.gateway = new SpliceEnd(gateway.channel(), this);
        fromAgent = half(this.agent, this.gateway, agent, home);
        fromGateway = half(this.gateway, this.agent, gateway, home);
    }

    private static SpliceHalf half(SpliceEnd from, SpliceEnd to, DetachedCarrier carrier, SpliceLoop home) {
        return new SpliceHalf(from.socket(), new SpliceHold(to.socket(), carrier.first(), home.pipes()));
    }

    /** Begins; what already waits in the sockets is reported as an edge by the registration itself. */
    void start() {
        agent.register(loop);
        gateway.register(loop);
        pump(fromAgent);
        pump(fromGateway);
    }

    @Override
    public void reset() {
        if (loop.inEventLoop()) {
            end(true);
        } else {
            loop.execute(() -> end(true));
        }
    }

    void ready(SpliceEnd end, EpollIoOps ops) {
        if (closed) {
            return; // the descriptor's number may be another's by now
        }
        SpliceHalf from = end == agent ? fromAgent : fromGateway;
        SpliceHalf to = end == agent ? fromGateway : fromAgent;
        if (SpliceEnd.isEnding(ops)) {
            from.sourceEnding();
        }
        if (!from.isFull() && !ops.equals(EpollIoOps.EPOLLOUT)) {
            pump(from);
        }
        if (to.isFull() && ops.contains(EpollIoOps.EPOLLOUT)) {
            pump(to);
        }
        // Last: what a peer sent before its reset may be in the socket still, and what the other end takes at once it
        // gets.
        if (!closed && end.hasFailed(ops)) {
            end(true);
        }
    }

    private void pump(SpliceHalf half) {
        if (closed) {
            return;
        }
        try {
            if (half.pump() == SpliceHalf.Stop.YIELD) {
                loop.execute(() -> pump(half));
            }
        } catch (IOException | NotYetConnectedException e) {
            // Either socket is gone; whichever it was, the other one must not look complete.
            end(true);
            return;
        }
        report(half);
        if (fromAgent.isEnded() && fromGateway.isEnded()) {
            end(false);
        }
    }

    private void report(SpliceHalf half) {
        long moved = half.takeMoved();
        if (moved > 0) {
            events.moved(half == fromAgent ? LinkSide.AGENT : LinkSide.GATEWAY, moved);
        }
    }

    /** Closes the descriptors in a task of their own: an event that this batch still holds must not meet a new owner. */
    private void end(boolean reset) {
        if (closed) {
            return;
        }
        closed = true;
        report(fromAgent);
        report(fromGateway);
        agent.deregister();
        gateway.deregister();
        fromAgent.release();
        fromGateway.release();
        loop.execute(() -> {
            agent.closeSocket(reset);
            gateway.closeSocket(reset);
            onEnded.run();
        });
    }
}
