package io.penstock.tunnel.link;

import io.netty.buffer.ByteBuf;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.frame.Frame;
import io.penstock.tunnel.stream.StreamHost;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The layer between the multiplexer and the carrier: each direction's frames as one numbered stream of bytes, kept by the sender
 * until the receiver has acknowledged them. The offsets begin at 0 behind the handshake and count every byte of every frame.
 *
 * <p>It keeps and trims what a resume will need; re-dialling is not part of it yet (TODO(#3)).
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class NumberedBytes {

    private final ReceivedOffset received = new ReceivedOffset();
    private final ReplayBuffer replay;
    private final OutboundBatch batch;
    private final Consumer<ByteBuf> carrier;
    private final int maxUnacknowledged;

    NumberedBytes(LinkContext context, Consumer<ByteBuf> carrier) {
        this.maxUnacknowledged = context.settings().maxUnacknowledged();
        this.replay = new ReplayBuffer(context.budget(), maxUnacknowledged);
        this.batch = new OutboundBatch(context.allocator(), this::emit);
        this.carrier = carrier;
    }

    /** Takes the frame over; it leaves with the next {@link #flush} at the latest. */
    void send(Frame frame) {
        batch.add(frame);
    }

    void flush() {
        batch.flush();
    }

    private void emit(ByteBuf bytes) {
        replay.append(bytes);
        carrier.accept(bytes);
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

    void sawStreamFrame() {
        received.sawStreamFrame();
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
    String onAck(Frame.Ack ack, Link link) {
        boolean wasFull = replay.isFull();
        if (!replay.acknowledge(ack.offset())) {
            return "ACK of " + ack.offset() + " (expected: at most " + replay.end() + ", what was sent)";
        }
        if (wasFull) {
            link.onWork();
        }
        return null;
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
