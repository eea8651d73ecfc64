package io.penstock.tunnel.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.penstock.tunnel.link.LinkSide;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.testkit.Frames;
import io.penstock.tunnel.testkit.LinkTerms;
import io.penstock.tunnel.testkit.RecordingListener;
import io.penstock.tunnel.testkit.ScriptedPeer;
import java.util.ArrayList;
import java.util.List;

/** What must hold for any bytes whatever that a peer sends. */
final class AnyBytes {

    private AnyBytes() {}

    /** The decoder never throws, and finds the same however the bytes are cut. */
    static void areDecodedAlikeHoweverCut(byte[] bytes, int piece) {
        Found whole = new Found();
        new FrameDecoder(whole).decode(Unpooled.wrappedBuffer(bytes));
        Found pieces = new Found();
        FrameDecoder decoder = new FrameDecoder(pieces);
        ByteBuf left = Unpooled.wrappedBuffer(bytes);
        while (left.isReadable()) {
            decoder.decode(left.readSlice(Math.min(piece, left.readableBytes())));
        }

        assertThat(pieces.words).isEqualTo(whole.words);
        assertThat(pieces.data).isEqualTo(whole.data);
    }

    /** A link never throws, ends at most once, and gives everything back. */
    static void doNoHarmToALink(byte[] bytes, int piece) {
        ScriptedPeer peer =
                new ScriptedPeer(LinkSide.AGENT, LinkTerms.defaults().budget(64 * 1024));
        MuxStream ours = peer.open(new RecordingListener());
        peer.play(Frames.open(2));
        ByteBuf left = Unpooled.wrappedBuffer(bytes);
        while (left.isReadable()) {
            peer.playBytes(left.readRetainedSlice(Math.min(piece, left.readableBytes())));
        }

        peer.cut();

        peer.end().service().expectClosed();
        assertThat(peer.end().allocator().live()).isZero();
        assertThat(peer.end().events().closed()).isEqualTo(peer.end().events().opened());
        takeAll(ours);
        peer.end().service().streams().forEach(AnyBytes::takeAll);
        assertThat(peer.end().budget().used()).isZero();
    }

    private static void takeAll(MuxStream stream) {
        stream.consumed((int) stream.receiving().buffered());
    }

    /** Frames as words, and the bytes of data without their cuts. Loop-confined. */
    private static final class Found implements FrameDecoder.Sink {
        final List<String> words = new ArrayList<>();
        final ByteBuf data = Unpooled.buffer();

        @Override
        public void onFrame(Frame frame) {
            if (frame instanceof Frame.Data piece) {
                while (piece.bytes().isReadable()) {
                    data.writeInt(piece.stream()).writeByte(piece.bytes().readByte());
                }
                piece.bytes().release();
            } else {
                words.add(frame.toString());
            }
        }

        @Override
        public void onViolation(String sentence) {
            words.add(sentence);
        }
    }
}
