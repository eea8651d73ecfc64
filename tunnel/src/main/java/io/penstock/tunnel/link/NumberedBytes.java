package io.penstock.tunnel.link;

import io.netty.buffer.ByteBuf;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.frame.Frame;
import io.penstock.tunnel.frame.FrameType;
import io.penstock.tunnel.stream.StreamHost;
import org.jspecify.annotations.Nullable;

/**
 * The layer between the multiplexer and the carrier: each direction's frames as one numbered stream of bytes, kept by the sender
 * until the receiver has acknowledged them. The offsets begin at 0 behind the first handshake and count every byte of every frame,
 * on whichever carrier it travels.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class NumberedBytes {

    private final ReceivedOffset received = new ReceivedOffset();
    private final ReplayBuffer replay;
    private final OutboundBatch batch;
    private final CarrierSlot slot;
    private final int maxUnacknowledged;
    private long lastWorth;

    NumberedBytes(LinkContext context, CarrierSlot slot) {
        this.maxUnacknowledged = context.settings().maxUnacknowledged();
        this.replay = new ReplayBuffer(context.budget(), maxUnacknowledged);
        this.batch = new OutboundBatch(context.allocator(), this::emit);
        this.slot = slot;
    }

    /** Takes the frame over; it leaves with the next {@link #flush} at the latest. */
    void send(Frame frame) {
        boolean worth = isWorthDelivery(frame.type());
        batch.add(frame);
        if (worth) {
            lastWorth = replay.end() + batch.pending();
        }
    }

    private static boolean isWorthDelivery(FrameType type) {
        return switch (type) {
            case ACK, PING, PONG -> false;
            case OPEN, ACCEPT, DATA, CREDIT, HALF_CLOSE, RESET, GO_AWAY, CLOSE -> true;
        };
    }

    void flush() {
        batch.flush();
        slot.flush();
    }

    private void emit(ByteBuf bytes) {
        replay.append(bytes);
        slot.write(bytes);
    }

    /** Whether the peer has acknowledged all that matters to it: everything but signs of life. */
    boolean isDelivered() {
        return replay.start() >= lastWorth;
    }

    /** Whether only control frames may leave until the peer acknowledges more. */
    boolean isFull() {
        return replay.isFull();
    }

    /** The share of what may be unacknowledged that is; control frames may take it beyond 1. */
    double fullness() {
        return (double) replay.size() / maxUnacknowledged;
    }

    long unacknowledged() {
        return replay.size();
    }

    void received(int count) {
        received.add(count);
    }

    /** How many numbered bytes of the peer have arrived. */
    long receivedOffset() {
        return received.get();
    }

    void sawStreamFrame() {
        received.sawStreamFrame();
    }

    /** Acknowledges at once from now on, since an end waits for that to end. */
    void hurry() {
        received.hurry();
    }

    boolean isAckDue() {
        return received.isAckDue();
    }

    void acknowledgeIfDue(StreamHost control) {
        if (received.isAckDue()) {
            control.sendControl(new Frame.Ack(received.acknowledge()));
        }
    }

    /** The delayed acknowledgement: whatever has arrived by now. */
    void acknowledgeAtTick(StreamHost control) {
        if (received.isAckDueAtTick()) {
            control.sendControl(new Frame.Ack(received.acknowledge()));
        }
    }

    /** The peer has what came before the offset; returns what is wrong with that, or null. */
    @Nullable
    String acknowledged(long offset) {
        return replay.acknowledge(offset)
                ? null
                : "ACK of " + offset + " (expected: at most " + replay.end() + ", what was sent)";
    }

    /** What is wrong with a peer that claims to have received that much, or null. */
    @Nullable
    String faultOf(long offset) {
        return offset >= replay.start() && offset <= replay.end()
                ? null
                : "received offset: " + offset + " (expected: " + replay.start() + ", what was acknowledged, to "
                        + replay.end() + ", what was sent)";
    }

    /** Sends again what the peer has not received, by its offset. */
    void replayFrom(long offset) {
        replay.acknowledge(offset);
        replay.replay(slot::write);
        slot.flush();
    }

    /** What is wrong with a peer that reads our answers and never acknowledges them, or null. */
    @Nullable
    String excess() {
        return replay.isExceeded()
                ? "unacknowledged: " + replay.size() + " bytes (expected: a peer that acknowledges)"
                : null;
    }

    void clear() {
        batch.clear();
        replay.clear();
    }
}
