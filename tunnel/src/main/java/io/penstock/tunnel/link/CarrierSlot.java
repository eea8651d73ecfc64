package io.penstock.tunnel.link;

import io.netty.buffer.ByteBuf;
import io.penstock.tunnel.LoopConfined;
import org.jspecify.annotations.Nullable;

/**
 * The place of a link's carrier: holds the newest, or none. What is written while it is empty is dropped, since whoever writes keeps
 * it until the peer acknowledges it.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class CarrierSlot {

    private @Nullable Carrier carrier;
    private boolean readWanted = true;
    private long attempts;

    CarrierSlot(Carrier first) {
        carrier = first;
    }

    boolean isEmpty() {
        return carrier == null;
    }

    /** Takes the bytes over. */
    void write(ByteBuf bytes) {
        if (carrier == null) {
            bytes.release();
        } else {
            carrier.write(bytes);
        }
    }

    void flush() {
        if (carrier != null) {
            carrier.flush();
        }
    }

    boolean isWritable() {
        return carrier != null && carrier.isWritable();
    }

    /** Lets the carrier read, or stops it; the next one too. */
    void read(boolean wanted) {
        readWanted = wanted;
        if (carrier != null) {
            carrier.read(wanted);
        }
    }

    /** The carrier has gone by itself. */
    void lost() {
        carrier = null;
    }

    /** Gives up the carrier, if there is one, and counts a new attempt to fill the slot. */
    long nextAttempt() {
        abandon();
        return ++attempts;
    }

    /** Whether no newer attempt has begun since. */
    boolean isNewest(CarrierAttempt attempt) {
        return attempt.number() == attempts;
    }

    void fill(Carrier next) {
        abandon();
        carrier = next;
        next.read(readWanted);
    }

    private void abandon() {
        if (carrier != null) {
            carrier.abandon();
            carrier = null;
        }
    }

    /** Closes the carrier after what is queued; no attempt succeeds any more. */
    void close() {
        attempts++;
        if (carrier != null) {
            carrier.close();
            carrier = null;
        }
    }

    /** For logs: the addresses of the carrier. */
    String describe() {
        return carrier == null ? "no carrier" : carrier.describe();
    }
}
