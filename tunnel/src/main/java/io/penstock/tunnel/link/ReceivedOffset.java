package io.penstock.tunnel.link;

import io.penstock.tunnel.LoopConfined;

/**
 * How far the peer's numbered bytes have arrived, and when to say so: after 64 KiB, or at the next tick. Acknowledgements and
 * signs of life alone are seldom acknowledged, or two idle ends would answer each other for ever.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class ReceivedOffset {

    private static final int ACK_EVERY = 64 * 1024;

    /** Even signs of life are acknowledged when they have come to this. */
    private static final int IDLE_ACK_EVERY = 1024;

    private long received;
    private long acknowledged;
    private boolean worthAck;
    private boolean hurried;

    void add(int bytes) {
        received += bytes;
    }

    /** A frame arrived that the peer keeps memory for. */
    void sawStreamFrame() {
        worthAck = true;
    }

    /** From now on nothing that is worth it waits for a tick: the peer wants to know when it may end. */
    void hurry() {
        hurried = true;
    }

    boolean isAckDue() {
        return received - acknowledged >= ACK_EVERY || (hurried && worthAck);
    }

    long get() {
        return received;
    }

    boolean isAckDueAtTick() {
        long due = received - acknowledged;
        return worthAck ? due > 0 : due >= IDLE_ACK_EVERY;
    }

    /** The offset to acknowledge; it counts as acknowledged from now on. */
    long acknowledge() {
        acknowledged = received;
        worthAck = false;
        return received;
    }
}
