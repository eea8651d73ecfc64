package io.penstock.tunnel.link;

import io.penstock.tunnel.LoopConfined;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a link gets over the loss of its carrier: attempts, of which the newest wins, and a grace.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class Resumption {

    private final LinkContext context;
    private final CarrierSlot slot;
    private final NumberedBytes bytes;
    private final boolean possible;
    private Loop.@Nullable Timer grace;
    private long since;

    Resumption(LinkContext context, CarrierSlot slot, NumberedBytes bytes, boolean peerResumes) {
        this.context = context;
        this.slot = slot;
        this.bytes = bytes;
        this.possible = peerResumes && !grace().isZero();
    }

    /** How long a link may be without a carrier. */
    Duration grace() {
        return context.settings().resumeGrace();
    }

    /** Whether both ends would go on; otherwise the link ends with its carrier. */
    boolean isPossible() {
        return possible;
    }

    /** The carrier has gone; {@code onExpired} is called unless the peer is heard on another within the grace. */
    void begin(Runnable onExpired) {
        slot.lost();
        if (grace == null) {
            since = context.loop().nanoTime();
            grace = context.loop().schedule(onExpired, grace().toNanos());
        }
    }

    /** Gives the present carrier up for a new one. */
    CarrierAttempt attempt() {
        return new CarrierAttempt(slot.nextAttempt(), bytes.receivedOffset());
    }

    /** Whether no newer attempt has begun since. */
    boolean isNewest(CarrierAttempt attempt) {
        return slot.isNewest(attempt);
    }

    /** Goes on where the peer stands. */
    void complete(Carrier carrier, long peerReceived) {
        slot.fill(carrier);
        bytes.replayFrom(peerReceived);
    }

    /** How long ago the link lost the last carrier on which the peer was heard, in nanoseconds. */
    long nanosSince() {
        return context.loop().nanoTime() - since;
    }

    /** The peer has been heard on another carrier, or the link is over. */
    void stop() {
        if (grace != null) {
            grace.cancel();
            grace = null;
        }
    }
}
