package io.penstock.tunnel.link;

import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.frame.Frame;
import io.penstock.tunnel.stream.MuxStream;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The choice of the next frame: control frames first, in their order; then the streams that have bytes and credit, by deficit
 * round-robin. A frame can be cut anywhere, so a stream always uses its quantum whole and no deficit is carried over.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class FrameScheduler {

    private final ArrayDeque<Frame> control = new ArrayDeque<>();
    private final ArrayDeque<MuxStream> row = new ArrayDeque<>();
    private int quantum = Frame.MAX_DATA;
    private int controlBytes;
    private @Nullable MuxStream served;

    /** The stream that the last frame of {@link #next} came from; once, and null for a control frame. */
    @Nullable
    MuxStream takeServed() {
        MuxStream taken = served;
        served = null;
        return taken;
    }

    void addControl(Frame frame) {
        control.add(frame);
        controlBytes += frame.size();
    }

    /** Puts a stream at the end of the row; it is not in it now. */
    void add(MuxStream stream) {
        row.add(stream);
    }

    boolean isEmpty() {
        return control.isEmpty() && row.isEmpty();
    }

    /** Bytes of control frames that wait, about. */
    int controlBytes() {
        return controlBytes;
    }

    @Nullable
    Frame nextControl() {
        Frame frame = control.poll();
        if (frame != null) {
            controlBytes -= frame.size();
        }
        return frame;
    }

    @Nullable
    Frame next() {
        Frame frame = nextControl();
        while (frame == null && !row.isEmpty()) {
            frame = nextOf(row.element());
        }
        return frame;
    }

    private @Nullable Frame nextOf(MuxStream head) {
        Frame frame = head.nextFrame(quantum);
        served = frame == null ? null : head;
        quantum -= frame instanceof Frame.Data data ? data.bytes().readableBytes() : 0;
        boolean stays = head.staysScheduled();
        if (!stays || quantum == 0) {
            row.remove();
            quantum = Frame.MAX_DATA;
            if (stays) {
                row.add(head);
            }
        }
        return frame;
    }

    void clear() {
        control.clear();
        controlBytes = 0;
        row.clear();
    }
}
