package io.penstock.tunnel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.penstock.tunnel.frame.Frame;
import io.penstock.tunnel.frame.FrameDecoder;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkSide;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamListener;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The far end of one real link, played by hand: frames of the test's choice go in, and the link's frames come out to be looked
 * at. The link's keep-alive rests until the test calls {@link Link#start}.
 *
 * <p><em>Loop-confined</em>.
 */
public final class ScriptedPeer {

    private final LinkEnd end;
    private final InMemoryCarrier carrier;
    private final List<Frame> frames = new ArrayList<>();
    private final FrameDecoder decoder = new FrameDecoder(new Sink());
    private @Nullable String lost;

    /** Plays the gateway to an agent's link. */
    public ScriptedPeer() {
        this(LinkSide.AGENT, LinkTerms.defaults());
    }

    /** @param side the side of the real link */
    public ScriptedPeer(LinkSide side, LinkTerms terms) {
        end = new LinkEnd(side, terms, terms.credit().initialWindow());
        carrier = new InMemoryCarrier(end.loop(), Integer.MAX_VALUE);
        InMemoryCarrier.join(end.carrier(), end.reader(), carrier, new Reader());
    }

    public LinkEnd end() {
        return end;
    }

    public Link link() {
        return end.link();
    }

    public MuxStream open(StreamListener listener) {
        return InMemoryLink.open(end, Frames.TARGET, listener);
    }

    /** Sends the frames to the link in one piece, and lets it answer. */
    public ScriptedPeer play(Frame... script) {
        return playBytes(Frames.bytes(script));
    }

    /** Sends any bytes to the link, which are taken over. */
    public ScriptedPeer playBytes(ByteBuf bytes) {
        carrier.write(bytes);
        carrier.flush();
        carrier.deliver(Integer.MAX_VALUE);
        return pump();
    }

    /** Lets the link do what it can, and takes in what it sends. */
    public ScriptedPeer pump() {
        boolean busy = true;
        while (busy) {
            end.loop().runReady();
            boolean sent = end.carrier().deliver(Integer.MAX_VALUE);
            busy = carrier.deliver(Integer.MAX_VALUE) || sent;
        }
        return this;
    }

    /** The connection breaks. */
    public ScriptedPeer cut() {
        carrier.cut();
        return pump();
    }

    /** The frames that came since the last call, each DATA as it was cut. */
    public List<Frame> received() {
        pump();
        List<Frame> taken = List.copyOf(frames);
        frames.clear();
        return taken;
    }

    /** Asserts that exactly these frames came since the last call. */
    public ScriptedPeer expect(Frame... expected) {
        assertThat(received()).containsExactly(expected);
        return this;
    }

    /** Forgets what came so far. */
    public ScriptedPeer skip() {
        received();
        return this;
    }

    /** How the connection ended, or null while it has not. */
    public @Nullable String lost() {
        return lost;
    }

    private final class Sink implements FrameDecoder.Sink {
        @Override
        public void onFrame(Frame frame) {
            if (frame instanceof Frame.Data data) {
                frames.add(new Frame.Data(data.stream(), Unpooled.copiedBuffer(data.bytes())));
                data.bytes().release();
            } else {
                frames.add(frame);
            }
        }

        @Override
        public void onViolation(String sentence) {
            throw new AssertionError("the link sent: " + sentence);
        }
    }

    private final class Reader implements CarrierReader {
        @Override
        public void onBytes(ByteBuf bytes) {
            decoder.decode(bytes);
        }

        @Override
        public void onCarrierWritable() {}

        @Override
        public void onCarrierLost(String detail) {
            lost = detail;
        }
    }
}
