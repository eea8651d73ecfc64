package io.penstock.tunnel.testkit;

import io.penstock.tunnel.frame.StreamTarget;
import io.penstock.tunnel.link.LinkSide;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamListener;
import java.time.Duration;

/**
 * Two real links over one connection in memory. Nothing moves by itself: {@link #pump} lets everything happen that needs no
 * time, {@link #advance} lets time pass.
 *
 * <p><em>Loop-confined</em>.
 */
public final class InMemoryLink {

    private static final int LIVELOCK = 1_000_000;
    private static final long STEP = Duration.ofMillis(500).toNanos();

    private final LinkEnd agent;
    private final LinkEnd gateway;

    public InMemoryLink() {
        this(LinkTerms.defaults(), LinkTerms.defaults());
    }

    public InMemoryLink(LinkTerms agentTerms, LinkTerms gatewayTerms) {
        agent = new LinkEnd(LinkSide.AGENT, agentTerms, gatewayTerms.credit().initialWindow());
        gateway =
                new LinkEnd(LinkSide.GATEWAY, gatewayTerms, agentTerms.credit().initialWindow());
        InMemoryCarrier.join(agent.carrier(), agent.reader(), gateway.carrier(), gateway.reader());
    }

    /** Begins both keep-alives. */
    public InMemoryLink start() {
        agent.link().start();
        gateway.link().start();
        return this;
    }

    public LinkEnd agent() {
        return agent;
    }

    public LinkEnd gateway() {
        return gateway;
    }

    /** A stream of the agent to the one target. */
    public MuxStream open(StreamListener listener) {
        return open(agent, Frames.TARGET, listener);
    }

    public static MuxStream open(LinkEnd end, StreamTarget target, StreamListener listener) {
        MuxStream stream = end.link().open(target, listener);
        if (stream == null) {
            throw new AssertionError("open: refused (expected: a stream)");
        }
        return stream;
    }

    /** Runs both loops and delivers bytes, 64 KiB at a time, until nothing more happens. */
    public void pump() {
        int moves = 0;
        while (move()) {
            moves++;
            if (moves > LIVELOCK) {
                throw new AssertionError("link: still busy after " + moves + " moves (expected: a rest)");
            }
        }
    }

    private boolean move() {
        boolean agentRan = agent.loop().runNext();
        boolean gatewayRan = gateway.loop().runNext();
        boolean agentSent = agent.carrier().deliver(64 * 1024);
        boolean gatewaySent = gateway.carrier().deliver(64 * 1024);
        return agentRan || gatewayRan || agentSent || gatewaySent;
    }

    /** Lets time pass at both ends alike, pumping at every half second. */
    public void advance(Duration time) {
        pump();
        for (long left = time.toNanos(); left > 0; left -= STEP) {
            agent.loop().tick(Math.min(left, STEP));
            gateway.loop().tick(Math.min(left, STEP));
            pump();
        }
    }

    /** A second connection, which nobody knows of yet. */
    public Reconnection reconnect() {
        return new Reconnection(this);
    }

    /** The connection breaks; both ends hear of it when their loops run. */
    public void cut() {
        agent.carrier().cut();
    }
}
