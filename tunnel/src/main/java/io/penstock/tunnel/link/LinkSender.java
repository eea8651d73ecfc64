package io.penstock.tunnel.link;

import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.frame.Frame;

/**
 * What leaves a link: everything that is to be sent in one turn of the loop, in one flush at its end.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class LinkSender {

    private final Link link;
    private final LinkEngine engine;
    private final CarrierSlot slot;
    private final NumberedBytes bytes;
    private boolean turnScheduled;

    LinkSender(Link link, LinkEngine engine, CarrierSlot slot, NumberedBytes bytes) {
        this.link = link;
        this.engine = engine;
        this.slot = slot;
        this.bytes = bytes;
    }

    CarrierSlot slot() {
        return slot;
    }

    NumberedBytes bytes() {
        return bytes;
    }

    /** Sends what is due at the end of this turn. */
    void onWork() {
        if (!turnScheduled && link.state() != LinkState.CLOSED) {
            turnScheduled = true;
            link.loop().execute(this::turn);
        }
    }

    private void turn() {
        turnScheduled = false;
        if (link.state() != LinkState.CLOSED) {
            send();
            link.life().closeIfDrained();
        }
    }

    /** Sends what may leave now. */
    void send() {
        if (slot.isWritable()) {
            bytes.acknowledgeIfDue(engine);
        }
        // A relay may end the link from inside frameLeft.
        while (link.state() != LinkState.CLOSED && slot.isWritable()) {
            Frame frame = bytes.isFull() ? engine.nextControlFrame() : engine.nextFrame();
            if (frame == null) {
                break;
            }
            bytes.send(frame);
            engine.frameLeft();
        }
        if (link.state() != LinkState.CLOSED) {
            bytes.flush();
        }
    }

    /** Sends the frame behind everything that has left, however full the carrier is. */
    void sendLast(Frame frame) {
        if (!slot.isEmpty()) {
            bytes.send(frame);
            bytes.flush();
        }
    }
}
