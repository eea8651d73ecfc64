package io.penstock.tunnel.link;

import io.netty.buffer.ByteBuf;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.frame.Frame;
import io.penstock.tunnel.frame.FrameDecoder;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.frame.StreamTarget;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.CloseCause.Initiator;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamListener;
import io.penstock.tunnel.stream.StreamTable;
import org.jspecify.annotations.Nullable;

/**
 * One ordered, reliable frame pipe between one agent and one gateway, with all of its streams: joins the multiplexer, the numbered
 * bytes and the carrier under them.
 *
 * <p>Everything that is to be sent in one turn of the loop leaves in one flush at its end. Reading the carrier never waits for
 * a stream; it stops only while the process is beyond its memory budget.
 *
 * <p><em>Loop-confined</em>: services on other threads hop by {@link #loop}.
 */
@LoopConfined
public final class Link {

    /** Keep-alive, delayed acknowledgements and stalls are looked after this often. */
    static final long TICK_NANOS = 500_000_000L;

    private final LinkIdentity identity;
    private final LinkContext context;
    private final Carrier carrier;
    private final LinkListener listener;
    private final LinkEngine engine;
    private final NumberedBytes bytes;
    private final FrameDecoder decoder;
    private final LinkPulse pulse;
    private LinkState state = LinkState.OPEN;
    private boolean turnScheduled;

    /** A link over a carrier that has shaken hands. */
    public Link(LinkIdentity identity, LinkContext context, Carrier carrier, LinkListener listener) {
        this.identity = identity;
        this.context = context;
        this.carrier = carrier;
        this.listener = listener;
        this.pulse = new LinkPulse(this, context);
        EngineTerms terms = new EngineTerms(
                context.settings().credit(), identity.peerWindow(), context.budget(), pulse, context.events());
        LinkEngine.Owner owner = new EngineOwner();
        StreamTable table = new StreamTable(identity.firstStream());
        this.engine = new LinkEngine(owner, table, terms);
        this.bytes = new NumberedBytes(context, carrier::write);
        PeerFrames frames = new PeerFrames(engine, owner, table, context.events());
        this.decoder = new FrameDecoder(new FrameSorter(this, pulse, frames));
    }

    /** Begins the keep-alive; called once, when the service can hear of streams. */
    public void start() {
        context.loop().assertInLoop();
        if (state != LinkState.CLOSED) {
            context.events().linkOpened(this);
            pulse.start();
        }
    }

    public LinkId id() {
        return identity.id();
    }

    public LinkState state() {
        return state;
    }

    public Loop loop() {
        return context.loop();
    }

    /** Whether {@link #open} may succeed: not draining, not closed, and not silent for suspiciously long. */
    public boolean canOpen() {
        return state.canOpen() && !pulse.isSuspect();
    }

    /** A new stream; null, with the reason counted, when the link takes none. Bytes may be sent on it at once. */
    public @Nullable MuxStream open(StreamTarget target, StreamListener streamListener) {
        context.loop().assertInLoop();
        if (!canOpen()) {
            context.events().streamRefused(ResetCode.GOING_AWAY);
            return null;
        }
        return engine.open(target, streamListener);
    }

    /** Whether the peer may have acted on our stream, so that its bytes must not be replayed elsewhere. */
    public boolean mayHaveReached(MuxStream stream) {
        return engine.hasLeft(stream);
    }

    /** Asks both ends for no new streams, lets the running ones finish, and closes after the last or after the grace. */
    public void drain(ResetCode code) {
        context.loop().assertInLoop();
        if (state == LinkState.OPEN) {
            engine.sendControl(new Frame.GoAway(engine.lastPeerStream(), code));
            beginDrain();
        }
    }

    /** Ends the link at once, with all of its streams. */
    public void close(CloseCause cause) {
        context.loop().assertInLoop();
        if (state != LinkState.CLOSED) {
            sendWhatIsLeft();
            end(cause);
        }
    }

    private void end(CloseCause cause) {
        // Again: a relay that was called while sending may have closed the link.
        if (state == LinkState.CLOSED) {
            return;
        }
        state = LinkState.CLOSED;
        pulse.stop();
        try {
            engine.end(cause);
        } finally {
            // A relay that throws may keep neither the carrier nor the service waiting.
            bytes.clear();
            carrier.close();
            context.events().linkClosed(this, cause);
            listener.onClosed(this, cause);
        }
    }

    // What the carrier calls.

    /** Bytes of the peer; they stay the carrier's. */
    public void onBytes(ByteBuf received) {
        if (state != LinkState.CLOSED) {
            pulse.received();
            bytes.received(received.readableBytes());
            decoder.decode(received);
            afterBytes();
        }
    }

    private void afterBytes() {
        if (state == LinkState.CLOSED) {
            return;
        }
        if (bytes.isAckDue()) {
            onWork();
        }
        pulse.holdBackIfExceeded();
        String fault = bytes.excess();
        if (fault != null) {
            violated(fault);
        }
    }

    public void onCarrierWritable() {
        onWork();
    }

    /** The carrier has gone; in this version the link goes with it. */
    public void onCarrierLost(String detail) {
        boolean expected = state == LinkState.DRAINING && engine.streamCount() == 0;
        end(CloseCause.ofLink(expected ? ResetCode.NONE : ResetCode.LINK_LOST, Initiator.PEER, detail));
    }

    public LinkStats stats() {
        return LinkCensus.count(engine.streams(), bytes, pulse.roundTripNanos());
    }

    public int streamCount() {
        return engine.streamCount();
    }

    /** Nanoseconds, 0 before the first PONG. */
    public long roundTripNanos() {
        return pulse.roundTripNanos();
    }

    /** For logs: the addresses of the carrier. */
    public String describeCarrier() {
        return carrier.describe();
    }

    LinkEngine engine() {
        return engine;
    }

    NumberedBytes bytes() {
        return bytes;
    }

    Carrier carrier() {
        return carrier;
    }

    /** Sends what is due at the end of this turn. */
    void onWork() {
        if (!turnScheduled && state != LinkState.CLOSED) {
            turnScheduled = true;
            context.loop().execute(this::turn);
        }
    }

    private void turn() {
        turnScheduled = false;
        if (state != LinkState.CLOSED) {
            sendWhatIsLeft();
            closeIfDrained();
        }
    }

    private void sendWhatIsLeft() {
        if (carrier.isWritable()) {
            bytes.acknowledgeIfDue(engine);
        }
        // A relay may end the link from inside frameLeft.
        while (state != LinkState.CLOSED && carrier.isWritable()) {
            Frame frame = bytes.isFull() ? engine.nextControlFrame() : engine.nextFrame();
            if (frame == null) {
                break;
            }
            bytes.send(frame);
            engine.frameLeft();
        }
        if (state != LinkState.CLOSED) {
            bytes.flush();
            carrier.flush();
        }
    }

    private void beginDrain() {
        state = LinkState.DRAINING;
        pulse.drainWithin(context.settings().drainGrace());
        listener.onDraining(this);
        closeIfDrained();
    }

    private void closeIfDrained() {
        if (state == LinkState.DRAINING && engine.streamCount() == 0) {
            // Later, and not before the GO_AWAY has left: whoever is on the stack comes first.
            context.loop().execute(this::closeDrained);
        }
    }

    private void closeDrained() {
        if (state == LinkState.DRAINING && engine.streamCount() == 0) {
            sendWhatIsLeft();
            if (!engine.hasFrames()) {
                close(CloseCause.ofLink(ResetCode.NONE, Initiator.TUNNEL, "drained"));
            }
        }
    }

    void violated(String sentence) {
        close(CloseCause.ofLink(ResetCode.PROTOCOL_ERROR, Initiator.PEER, sentence));
    }

    /** What the multiplexer tells the link. Loop-confined. */
    private final class EngineOwner implements LinkEngine.Owner {
        @Override
        public StreamListener onStream(MuxStream stream) {
            return listener.onStream(Link.this, stream);
        }

        @Override
        public void onWork() {
            Link.this.onWork();
        }

        @Override
        public void onEmpty() {
            closeIfDrained();
        }

        @Override
        public void onHandEmpty() {
            pulse.onHandEmpty();
        }

        @Override
        public void onGoAway() {
            if (state == LinkState.OPEN) {
                beginDrain();
            }
        }

        @Override
        public void onIdsSpent() {
            drain(ResetCode.GOING_AWAY);
        }
    }
}
