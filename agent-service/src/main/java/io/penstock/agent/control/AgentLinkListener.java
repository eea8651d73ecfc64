package io.penstock.agent.control;

import io.netty.buffer.ByteBuf;
import io.penstock.tunnel.carrier.LinkTender;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkListener;
import io.penstock.tunnel.link.LinkState;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamListener;
import org.jspecify.annotations.Nullable;

/**
 * An agent's ear on its links: it serves no streams of gateways, and tells its link set how each link goes.
 *
 * <p><em>Loop-confined</em>.
 */
final class AgentLinkListener implements LinkListener {

    private final LinkSet links;
    private final @Nullable LinkTender tender;

    /** @param tender who dials for a link that wants a carrier; null where the far end dials */
    AgentLinkListener(LinkSet links, @Nullable LinkTender tender) {
        this.links = links;
        this.tender = tender;
    }

    @Override
    public StreamListener onStream(Link link, MuxStream stream) {
        // Not here: the stream has no listener yet.
        link.loop()
                .execute(() -> stream.reset(
                        CloseCause.byTunnel(ResetCode.UNKNOWN_TARGET, "an agent serves no streams of gateways")));
        return new Refused(stream);
    }

    @Override
    public void onCarrierWanted(Link link, String why) {
        if (link.state() == LinkState.RESUMING) {
            links.resuming(link, why);
        }
        if (tender != null) {
            tender.wanted(link);
        }
    }

    @Override
    public void onResumed(Link link) {
        links.resumed(link);
    }

    @Override
    public void onDraining(Link link) {
        links.draining(link);
    }

    @Override
    public void onClosed(Link link, CloseCause cause) {
        if (tender != null) {
            tender.stop();
        }
        links.closed(link, cause.code().name(), cause.detail());
    }

    /** A stream that is about to be reset. Loop-confined. */
    private record Refused(MuxStream stream) implements StreamListener {
        @Override
        public void onAccepted() {
            // Never: this side accepts, and does not.
        }

        @Override
        public void onData(ByteBuf bytes) {
            stream.consumed(bytes.readableBytes());
            bytes.release();
        }

        @Override
        public void onWritable() {
            // Nothing is sent.
        }

        @Override
        public void onHalfClosed() {
            // The reset is on its way.
        }

        @Override
        public void onClosed(CloseCause cause) {
            // As asked for.
        }
    }
}
