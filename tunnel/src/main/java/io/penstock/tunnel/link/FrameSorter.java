package io.penstock.tunnel.link;

import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.frame.Frame;
import io.penstock.tunnel.frame.FrameDecoder;
import io.penstock.tunnel.frame.ResetCode;
import org.jspecify.annotations.Nullable;

/**
 * The first stop of what a link's decoder finds: the link's own frames go to its parts, stream frames to the multiplexer, and what
 * is wrong ends the link.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class FrameSorter implements FrameDecoder.Sink {

    private final Link link;
    private final LinkPulse pulse;
    private final PeerFrames frames;

    FrameSorter(Link link, LinkPulse pulse, PeerFrames frames) {
        this.link = link;
        this.pulse = pulse;
        this.frames = frames;
    }

    @Override
    public void onFrame(Frame frame) {
        if (link.state() == LinkState.CLOSED) {
            if (frame instanceof Frame.Data data) {
                data.bytes().release();
            }
            return;
        }
        String fault = switch (frame.type()) {
            case ACK -> onAck((Frame.Ack) frame);
            case CLOSE -> link.life().onClose((Frame.Close) frame);
            case PING -> pulse.onPing((Frame.Ping) frame);
            case PONG -> pulse.onPong((Frame.Pong) frame);
            case OPEN, ACCEPT, DATA, CREDIT, HALF_CLOSE, RESET, GO_AWAY -> onStreamFrame(frame);
        };
        if (fault != null) {
            link.life().violated(fault);
        }
    }

    private @Nullable String onAck(Frame.Ack ack) {
        boolean wasFull = link.bytes().isFull();
        String fault = link.bytes().acknowledged(ack.offset());
        if (wasFull) {
            link.sender().onWork();
        }
        link.life().closeIfDrained();
        return fault;
    }

    private @Nullable String onStreamFrame(Frame frame) {
        link.bytes().sawStreamFrame();
        return frame instanceof Frame.Open open && !link.state().canOpen()
                ? frames.refuse(open.stream(), ResetCode.GOING_AWAY)
                : frames.accept(frame);
    }

    @Override
    public void onViolation(String sentence) {
        link.life().violated(sentence);
    }
}
