package io.penstock.tunnel.link;

import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.frame.Frame;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.CloseCause.Initiator;
import org.jspecify.annotations.Nullable;

/**
 * The life of a link:
 *
 * <pre>
 *            carrier lost     resumed              drained by either end   last stream gone, all delivered
 * OPEN       RESUMING         OPEN, on the newer   DRAINING                -
 * DRAINING   RESUMING         DRAINING             -                       CLOSED
 * RESUMING   -                OPEN or DRAINING     noted                   CLOSED if it drains
 * </pre>
 *
 * and from each of them to CLOSED when either end closes it, when the resume grace is over, or when the peer breaks the protocol.
 * A link that cannot resume, because one of its ends would not, is CLOSED when its carrier is lost.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class LinkLife {

    /** What a life acts on. Loop-confined. */
    record Parts(LinkContext context, LinkListener listener, LinkEngine engine, LinkSender sender, LinkPulse pulse) {}

    private static final long LEAVE_NANOS = 5_000_000_000L;
    private static final long GIVE_WAY_NANOS = 5_000_000_000L;
    /** One read of a socket: to end a link for less would help nobody. */
    private static final long WORTH_BYTES = 64 * 1024;

    private final Link link;
    private final LinkContext context;
    private final LinkListener listener;
    private final LinkEngine engine;
    private final LinkSender sender;
    private final LinkPulse pulse;
    private final Resumption resumption;
    private LinkState state = LinkState.OPEN;
    private boolean draining;

    LinkLife(Link link, Parts parts, Resumption resumption) {
        this.link = link;
        this.context = parts.context();
        this.listener = parts.listener();
        this.engine = parts.engine();
        this.sender = parts.sender();
        this.pulse = parts.pulse();
        this.resumption = resumption;
    }

    LinkState state() {
        return state;
    }

    // Drain.

    void drain(ResetCode code) {
        if (state != LinkState.CLOSED && !draining) {
            engine.sendControl(new Frame.GoAway(engine.lastPeerStream(), code));
            beginDrain();
        }
    }

    void onGoAway() {
        if (state != LinkState.CLOSED && !draining) {
            beginDrain();
        }
    }

    private void beginDrain() {
        draining = true;
        state = state == LinkState.OPEN ? LinkState.DRAINING : state;
        if (resumption.isPossible()) {
            sender.bytes().hurry();
        }
        pulse.drainWithin(context.settings().drainGrace());
        listener.onDraining(link);
        closeIfDrained();
    }

    void closeIfDrained() {
        if (isEmptyDrain()) {
            // Later, and not before the GO_AWAY has left: whoever is on the stack comes first.
            context.loop().execute(this::closeDrained);
        }
    }

    private void closeDrained() {
        if (isEmptyDrain()) {
            sender.send();
            if (!engine.hasFrames() && isSettled()) {
                close(CloseCause.ofLink(ResetCode.NONE, Initiator.TUNNEL, "drained"));
            }
        }
    }

    private boolean isEmptyDrain() {
        return draining && state != LinkState.CLOSED && engine.streamCount() == 0;
    }

    /** Whether no byte that matters to the peer could get lost with the carrier. */
    private boolean isSettled() {
        return !resumption.isPossible() || sender.bytes().isDelivered();
    }

    // End.

    void close(CloseCause cause) {
        if (state != LinkState.CLOSED) {
            sender.send();
            sayClosed(cause);
            end(cause);
        }
    }

    void violated(String sentence) {
        close(CloseCause.ofLink(ResetCode.PROTOCOL_ERROR, Initiator.PEER, sentence));
    }

    /** A peer that would wait for another carrier must hear that none will come. */
    private void sayClosed(CloseCause cause) {
        // Again: a relay that was called while sending may have closed the link.
        if (resumption.isPossible() && state != LinkState.CLOSED) {
            sender.sendLast(new Frame.Close(cause.code(), cause.detail()));
        }
    }

    @Nullable
    String onClose(Frame.Close frame) {
        // "Drained" cannot be for streams that are not over: a cut body must not look complete.
        boolean cut = frame.code() == ResetCode.NONE && engine.streamCount() > 0;
        end(CloseCause.ofLink(cut ? ResetCode.LINK_LOST : frame.code(), Initiator.PEER, frame.detail()));
        return null;
    }

    private void end(CloseCause cause) {
        if (state == LinkState.CLOSED) {
            return;
        }
        state = LinkState.CLOSED;
        pulse.stop();
        resumption.stop();
        try {
            engine.end(cause);
        } finally {
            // A relay that throws may keep neither the carrier nor the service waiting.
            sender.bytes().clear();
            sender.slot().close();
            context.events().linkClosed(link, cause);
            listener.onClosed(link, cause);
        }
    }

    // Carriers.

    void carrierLost(String detail) {
        if (state == LinkState.CLOSED || state == LinkState.RESUMING) {
            return;
        }
        if (isEmptyDrain() && !engine.hasFrames() && isSettled()) {
            end(CloseCause.ofLink(ResetCode.NONE, Initiator.PEER, detail));
        } else if (resumption.isPossible()) {
            suspend(detail);
        } else {
            end(CloseCause.ofLink(ResetCode.LINK_LOST, Initiator.PEER, detail));
        }
    }

    /** Nothing has come for too long. */
    void giveUpCarrier(CloseCause cause) {
        if (resumption.isPossible()) {
            resumption.attempt();
            carrierLost(cause.detail());
        } else {
            close(cause);
        }
    }

    /** Nothing has come for a while: another carrier may be tried, while this one may still come back. */
    void doubtCarrier() {
        if (resumption.isPossible()) {
            listener.onCarrierWanted(link, "silent");
        }
    }

    boolean wantsCarrier() {
        boolean doubted = state != LinkState.CLOSED && resumption.isPossible() && pulse.isSilent();
        return state == LinkState.RESUMING || doubted;
    }

    private void suspend(String why) {
        state = LinkState.RESUMING;
        resumption.begin(this::expire);
        context.events().linkSuspended(link, why);
        listener.onCarrierWanted(link, why);
    }

    private void expire() {
        end(CloseCause.ofLink(ResetCode.LINK_LOST, Initiator.TUNNEL, "no carrier for " + resumption.grace()));
    }

    /**
     * Memory is short. What a link without a carrier holds nobody takes for as long as the grace, while others are not read, so
     * after a while the link is over: pressure must end.
     */
    void giveWay() {
        boolean forLong = state == LinkState.RESUMING && resumption.nanosSince() >= GIVE_WAY_NANOS;
        if (forLong && heldBytes() >= WORTH_BYTES) {
            end(CloseCause.ofLink(
                    ResetCode.STALLED, Initiator.TUNNEL, "without a carrier for 5 s while memory was short"));
        }
    }

    private long heldBytes() {
        LinkStats stats = link.stats();
        return stats.queuedBytes() + stats.bufferedBytes() + stats.unacknowledgedBytes();
    }

    CarrierAttempt attempt() {
        CarrierAttempt attempt = resumption.attempt();
        if (state == LinkState.OPEN || state == LinkState.DRAINING) {
            suspend("replaced by another");
        }
        return attempt;
    }

    /** What is wrong with a peer that would go on and has received that much, or null. */
    @Nullable
    String faultOf(long peerReceived) {
        return state == LinkState.CLOSED
                ? "link: closed (expected: one that goes on)"
                : sender.bytes().faultOf(peerReceived);
    }

    void resume(CarrierAttempt attempt, Carrier carrier, long peerReceived) {
        boolean late = state != LinkState.RESUMING || !resumption.isNewest(attempt);
        if (late || faultOf(peerReceived) != null) {
            carrier.abandon();
            return;
        }
        state = draining ? LinkState.DRAINING : LinkState.OPEN;
        resumption.complete(carrier, peerReceived);
        pulse.restart();
        sender.onWork();
    }

    /** The peer has been heard on the new carrier: what waits for the link may use it. */
    void proven() {
        resumption.stop();
        context.events().linkResumed(link, resumption.nanosSince());
        listener.onResumed(link);
    }

    // Leave.

    /** Drains; a link without a carrier gets a little time to come back for that, since its far end may be gone for good. */
    void leave() {
        drain(ResetCode.GOING_AWAY);
        if (state == LinkState.RESUMING) {
            context.loop().schedule(this::giveUpLeaving, LEAVE_NANOS);
        }
    }

    private void giveUpLeaving() {
        if (state == LinkState.RESUMING) {
            end(CloseCause.ofLink(
                    ResetCode.LINK_LOST, Initiator.TUNNEL, "no longer wanted, and without a carrier for 5 s"));
        }
    }
}
