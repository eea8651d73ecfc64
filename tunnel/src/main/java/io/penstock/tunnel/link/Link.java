package io.penstock.tunnel.link;

import io.netty.buffer.ByteBuf;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.frame.FrameDecoder;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.frame.StreamTarget;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamListener;
import io.penstock.tunnel.stream.StreamTable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One ordered, reliable frame pipe between one agent and one gateway, with all of its streams: joins the multiplexer, the numbered
 * bytes and the carrier under them, of which it may have many one after the other. {@link LinkLife} says when it is what.
 *
 * <p>Reading the carrier never waits for a stream; it stops only while the process is beyond its memory budget.
 *
 * <p><em>Loop-confined</em>: services on other threads hop by {@link #loop}.
 */
@LoopConfined
public final class Link {

    /** Keep-alive, delayed acknowledgements and stalls are looked after this often. */
    static final long TICK_NANOS = 500_000_000L;

    private final LinkIdentity identity;
    private final LinkContext context;
    private final LinkListener listener;
    private final LinkEngine engine;
    private final LinkSender sender;
    private final FrameDecoder decoder;
    private final LinkPulse pulse;
    private final LinkLife life;

    /** A link over a carrier that has shaken hands. */
    public Link(LinkIdentity identity, LinkContext context, Carrier carrier, LinkListener listener) {
        this.identity = identity;
        this.context = context;
        this.listener = listener;
        this.pulse = new LinkPulse(this, context);
        EngineTerms terms = new EngineTerms(
                context.settings().credit(), identity.peerWindow(), context.budget(), pulse, context.events());
        LinkEngine.Owner owner = new EngineOwner();
        StreamTable table = new StreamTable(identity.firstStream());
        this.engine = new LinkEngine(owner, table, terms);
        CarrierSlot slot = new CarrierSlot(carrier);
        NumberedBytes bytes = new NumberedBytes(context, slot);
        this.sender = new LinkSender(this, engine, slot, bytes);
        Resumption resumption = new Resumption(context, slot, bytes, identity.peerResumes());
        this.life = new LinkLife(this, new LinkLife.Parts(context, listener, engine, sender, pulse), resumption);
        PeerFrames frames = new PeerFrames(engine, owner, table, context.events());
        this.decoder = new FrameDecoder(new FrameSorter(this, pulse, frames));
    }

    /** Begins the keep-alive; called once, when the service can hear of streams. */
    public void start() {
        loop().assertInLoop();
        if (state() != LinkState.CLOSED) {
            context.events().linkOpened(this);
            pulse.start();
        }
    }

    public LinkId id() {
        return identity.id();
    }

    /** Which end this is. */
    public LinkSide side() {
        return identity.side();
    }

    public LinkState state() {
        return life.state();
    }

    public Loop loop() {
        return context.loop();
    }

    /** Whether {@link #open} may succeed: on a carrier, not draining, and not silent for suspiciously long. */
    public boolean canOpen() {
        return state().canOpen() && !pulse.isSuspect();
    }

    /** Whether it has a carrier on which something came once, and on which nothing has answered for suspiciously long. */
    public boolean isSilent() {
        return state() == LinkState.OPEN && pulse.isSilent();
    }

    /** A new stream; null, with the reason counted, when the link takes none. Bytes may be sent on it at once. */
    public @Nullable MuxStream open(StreamTarget target, StreamListener streamListener) {
        return open(target, streamListener, Duration.ZERO);
    }

    /** As {@link #open(StreamTarget, StreamListener)}, with leave for the far side to let the stream wait that much longer. */
    public @Nullable MuxStream open(StreamTarget target, StreamListener streamListener, Duration hold) {
        loop().assertInLoop();
        if (!canOpen()) {
            context.events().streamRefused(ResetCode.GOING_AWAY);
            return null;
        }
        return engine.open(target, streamListener, hold.toNanos());
    }

    /** Whether the peer may have acted on our stream, so that its bytes must not be replayed elsewhere. */
    public boolean mayHaveReached(MuxStream stream) {
        return engine.hasLeft(stream);
    }

    /** Asks both ends for no new streams, lets the running ones finish, and closes after the last or after the grace. */
    public void drain(ResetCode code) {
        loop().assertInLoop();
        life.drain(code);
    }

    /** As {@link #drain}, because the link is no longer wanted; without a carrier it ends after 5 s. */
    public void leave() {
        loop().assertInLoop();
        life.leave();
    }

    /** Ends the link at once, with all of its streams. */
    public void close(CloseCause cause) {
        loop().assertInLoop();
        life.close(cause);
    }

    // What carriers call, and whoever brings a new one.

    /** Bytes of the peer; they stay the carrier's. */
    public void onBytes(ByteBuf received) {
        if (state() != LinkState.CLOSED) {
            pulse.received();
            bytes().received(received.readableBytes());
            decoder.decode(received);
            afterBytes();
        }
    }

    private void afterBytes() {
        if (state() == LinkState.CLOSED) {
            return;
        }
        if (bytes().isAckDue()) {
            sender.onWork();
        }
        pulse.holdBackIfExceeded();
        String fault = bytes().excess();
        if (fault != null) {
            life.violated(fault);
        }
    }

    public void onCarrierWritable() {
        sender.onWork();
    }

    /** The carrier has gone. */
    public void onCarrierLost(String detail) {
        life.carrierLost(detail);
    }

    /** Whether another carrier would help: there is none, or the present one is silent. */
    public boolean wantsCarrier() {
        return life.wantsCarrier();
    }

    /** Begins to bring the link on to another carrier: our hello must say {@code received}, and nothing comes on the old one. */
    public CarrierAttempt attempt() {
        loop().assertInLoop();
        return life.attempt();
    }

    /** What is wrong with a peer that would go on and has received that much, as "what: value (expected: ...)", or null. */
    public @Nullable String faultOf(long peerReceived) {
        return life.faultOf(peerReceived);
    }

    /**
     * Goes on, on a carrier whose far end has received that much; gives the carrier up when a newer attempt has begun, or when the
     * offset cannot be. New streams can be opened when the far end has been heard on it.
     */
    public void resume(CarrierAttempt attempt, Carrier carrier, long peerReceived) {
        loop().assertInLoop();
        life.resume(attempt, carrier, peerReceived);
    }

    public LinkStats stats() {
        return LinkCensus.count(engine.streams(), bytes(), pulse);
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
        return slot().describe();
    }

    LinkEngine engine() {
        return engine;
    }

    LinkSender sender() {
        return sender;
    }

    LinkLife life() {
        return life;
    }

    NumberedBytes bytes() {
        return sender.bytes();
    }

    CarrierSlot slot() {
        return sender.slot();
    }

    /** What the multiplexer tells the link. Loop-confined. */
    private final class EngineOwner implements LinkEngine.Owner {
        @Override
        public StreamListener onStream(MuxStream stream) {
            return listener.onStream(Link.this, stream);
        }

        @Override
        public void onWork() {
            sender.onWork();
        }

        @Override
        public void onEmpty() {
            life.closeIfDrained();
        }

        @Override
        public void onHandEmpty() {
            pulse.onHandEmpty();
        }

        @Override
        public void onGoAway() {
            life.onGoAway();
        }

        @Override
        public void onIdsSpent() {
            drain(ResetCode.GOING_AWAY);
        }
    }
}
