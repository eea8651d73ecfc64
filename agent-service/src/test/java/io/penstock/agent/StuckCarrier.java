package io.penstock.agent;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.link.Carrier;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkContext;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkIdentity;
import io.penstock.tunnel.link.LinkListener;
import io.penstock.tunnel.link.LinkSettings;
import io.penstock.tunnel.link.LinkSide;
import io.penstock.tunnel.link.Loop;
import io.penstock.tunnel.link.TunnelEvents;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamListener;

/**
 * A carrier on which nobody answers, and nothing leaves unless it is writable.
 *
 * <p><em>Loop-confined</em>.
 */
public final class StuckCarrier implements Carrier {

    private final boolean writable;

    private StuckCarrier(boolean writable) {
        this.writable = writable;
    }

    /** An agent's end of a link over such a carrier, started. */
    public static Link link(Loop loop, MemoryBudget budget, boolean writable) {
        LinkContext context = new LinkContext(
                loop, LinkSettings.defaults(), budget, UnpooledByteBufAllocator.DEFAULT, TunnelEvents.NONE);
        LinkIdentity identity = new LinkIdentity(new LinkId(1, loop.nanoTime()), LinkSide.AGENT, 64 * 1024, false);
        Link link = new Link(identity, context, new StuckCarrier(writable), new LinkListener() {
            @Override
            public StreamListener onStream(Link on, MuxStream stream) {
                throw new AssertionError("nobody opens streams here");
            }

            @Override
            public void onClosed(Link on, CloseCause cause) {}
        });
        link.start();
        return link;
    }

    @Override
    public void write(ByteBuf bytes) {
        bytes.release();
    }

    @Override
    public void flush() {}

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public void read(boolean wanted) {}

    @Override
    public void close() {}

    @Override
    public void abandon() {}

    @Override
    public String describe() {
        return "stuck";
    }
}
