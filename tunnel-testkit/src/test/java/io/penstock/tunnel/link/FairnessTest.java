package io.penstock.tunnel.link;

import static io.penstock.tunnel.testkit.Frames.accept;
import static io.penstock.tunnel.testkit.Frames.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.penstock.tunnel.frame.Frame;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.testkit.LinkTerms;
import io.penstock.tunnel.testkit.RecordingListener;
import io.penstock.tunnel.testkit.ScriptedPeer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In which order frames leave: control first, then each stream its share. */
final class FairnessTest {

    private final ScriptedPeer peer = new ScriptedPeer(
            LinkSide.AGENT, LinkTerms.defaults().window(1 << 20, 1 << 20).capacity(1 << 24));

    @AfterEach
    void leavesNothingBehind() {
        peer.cut();
        assertThat(peer.end().allocator().live()).isZero();
    }

    private MuxStream openStream() {
        return peer.open(new RecordingListener());
    }

    private ByteBuf bytes(int length) {
        return peer.end().allocator().heapBuffer(length).writeZero(length);
    }

    private List<Integer> streamsOfData() {
        return peer.received().stream()
                .filter(Frame.Data.class::isInstance)
                .map(frame -> ((Frame.Data) frame).stream())
                .toList();
    }

    @Test
    void givesASmallStreamItsTurnBesideABulkOne() {
        MuxStream bulk = openStream();
        MuxStream small = openStream();
        bulk.send(bytes(160 * 1024));
        small.send(bytes(100));

        List<Integer> order = streamsOfData();

        assertThat(order.indexOf(small.id())).isEqualTo(1);
        assertThat(order).hasSize(11);
    }

    @Test
    void takesTurnsAmongBulkStreamsByBytes() {
        MuxStream first = openStream();
        MuxStream second = openStream();
        first.send(bytes(48 * 1024));
        IntStream.range(0, 48).forEach(i -> second.send(bytes(1024)));

        List<Integer> order = streamsOfData();

        assertThat(order).startsWith(first.id(), second.id());
        int secondsQuantum = 16;
        assertThat(order.subList(1, 1 + secondsQuantum)).containsOnly(second.id());
        assertThat(order.get(1 + secondsQuantum)).isEqualTo(first.id());
    }

    @Test
    void startsEachTurnWithAWholeQuantum() {
        MuxStream first = openStream();
        MuxStream second = openStream();
        first.send(bytes(10));
        second.send(bytes(20_000));

        List<Frame> frames = peer.received();

        assertThat(frames.get(3)).isEqualTo(io.penstock.tunnel.testkit.Frames.data(second.id(), 16 * 1024));
    }

    @Test
    void putsControlBeforeDataThatWaited() {
        MuxStream bulk = openStream();
        peer.skip();
        bulk.send(bytes(64 * 1024));
        openStream();

        assertThat(peer.received().get(0)).isEqualTo(open(3));
    }

    @Test
    void sharesTheCarrierAmongManyStreamsToTheByte() {
        List<MuxStream> streams =
                IntStream.range(0, 20).mapToObj(i -> openStream()).toList();
        peer.skip();
        peer.end().carrier().resize(64 * 1024);
        streams.forEach(stream -> stream.send(bytes(100 * 1024)));

        List<Integer> order = streamsOfData();

        for (int round = 0; round < 6; round++) {
            assertThat(order.subList(round * 20, round * 20 + 20)).doesNotHaveDuplicates();
        }
    }

    @Test
    void passesOverAStreamThatWasResetInTheRow() {
        MuxStream first = openStream();
        MuxStream second = openStream();
        first.send(bytes(100));
        second.send(bytes(100));

        first.reset(CloseCause.byApplication(ResetCode.CANCELLED, ""));

        assertThat(streamsOfData()).containsExactly(second.id());
        assertThat(peer.end().loop().hasReady()).isFalse();
    }

    @Test
    void takesAStreamBackIntoTheRowWhenCreditComes() {
        MuxStream stream = openStream();
        stream.send(bytes((1 << 20) + 5));
        peer.skip();
        assertThat(stream.queued()).isEqualTo(5);

        peer.play(accept(1), io.penstock.tunnel.testkit.Frames.credit(1, 3));
        assertThat(stream.queued()).isEqualTo(2);
        peer.play(io.penstock.tunnel.testkit.Frames.credit(1, 3));

        assertThat(stream.queued()).isZero();
        assertThat(streamsOfData()).containsExactly(1, 1);
    }
}
