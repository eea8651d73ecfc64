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

    /** The carrier has gone; {@code onExpired} is called unless another comes within the grace. */
    void begin(Runnable onExpired) {
        slot.lost();
        since = context.loop().nanoTime();
        grace = context.loop().schedule(onExpired, grace().toNanos());
    }

    /** Gives the present carrier up for a new one. */
    CarrierAttempt attempt() {
        return new CarrierAttempt(slot.nextAttempt(), bytes.receivedOffset());
    }

    /** Whether no newer attempt has begun since. */
    boolean isNewest(CarrierAttempt attempt) {
        return slot.isNewest(attempt);
    }

    /** Goes on where the peer stands; returns what is wrong with its offset, or null. */
    @Nullable
    String complete(Carrier carrier, long peerReceived) {
        stop();
        slot.fill(carrier);
        return bytes.replayFrom(peerReceived);
    }

    /** How long the link was without a carrier, in nanoseconds. */
    long nanosSuspended() {
        return context.loop().nanoTime() - since;
    }

    void stop() {
        if (grace != null) {
            grace.cancel();
            grace = null;
        }
    }
}
