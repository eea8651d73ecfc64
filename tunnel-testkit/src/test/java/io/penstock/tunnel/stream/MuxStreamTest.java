package io.penstock.tunnel.stream;

import static io.penstock.tunnel.testkit.Frames.accept;
import static io.penstock.tunnel.testkit.Frames.ack;
import static io.penstock.tunnel.testkit.Frames.credit;
import static io.penstock.tunnel.testkit.Frames.data;
import static io.penstock.tunnel.testkit.Frames.halfClose;
import static io.penstock.tunnel.testkit.Frames.open;
import static io.penstock.tunnel.testkit.Frames.reset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.penstock.tunnel.frame.Frame;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.stream.CloseCause.Initiator;
import io.penstock.tunnel.testkit.RecordingListener;
import io.penstock.tunnel.testkit.ScriptedPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MuxStreamTest {

    private static final CloseCause CANCELLED = CloseCause.byApplication(ResetCode.CANCELLED, "");

    private final ScriptedPeer peer = new ScriptedPeer();
    private final RecordingListener relay = new RecordingListener();

    @AfterEach
    void leavesNothingBehind() {
        peer.cut();
        assertThat(peer.end().allocator().live()).isZero();
        assertThat(peer.end().events().closed()).isEqualTo(peer.end().events().opened());
    }

    private MuxStream openOurs() {
        MuxStream stream = peer.open(relay);
        relay.of(stream);
        return stream;
    }

    private MuxStream openPeers() {
        peer.end().service().onStream((link, stream) -> {
            stream.accept();
            return relay.of(stream);
        });
        peer.play(open(2)).expect(accept(2));
        return peer.end().service().stream(0);
    }

    private ByteBuf bytes(int length) {
        return peer.end().allocator().heapBuffer(length).writeZero(length);
    }

    @Test
    void sendsOpenAndDataTogetherWithoutWaitingForAccept() {
        MuxStream stream = openOurs();
        stream.send(Unpooled.wrappedBuffer(new byte[] {1, 2}));

        peer.expect(open(1), new Frame.Data(1, Unpooled.wrappedBuffer(new byte[] {1, 2})));
        assertThat(stream.state()).isEqualTo(StreamState.OPENING);
    }

    @Test
    void sendsNoMoreThanTheFirstWindowBeforeCredit() {
        MuxStream stream = openOurs();
        for (int i = 0; i < 5; i++) {
            stream.send(bytes(16 * 1024));
        }

        assertThat(peer.received()).hasSize(1 + 4);
        assertThat(stream.sendCredit()).isZero();
        assertThat(stream.queued()).isEqualTo(16 * 1024);

        peer.play(credit(1, 100)).expect(data(1, 100));
    }

    @Test
    void defersHalfCloseToAccept() {
        MuxStream stream = openOurs();
        stream.send(bytes(3));
        stream.halfClose();
        peer.expect(open(1), data(1, 3));

        peer.play(accept(1)).expect(halfClose(1));
        assertThat(stream.state()).isEqualTo(StreamState.HALF_CLOSED_LOCAL);
    }

    @Test
    void halfClosesOnlyBehindTheLastByte() {
        MuxStream stream = openOurs();
        for (int i = 0; i < 5; i++) {
            stream.send(bytes(16 * 1024));
        }
        stream.halfClose();
        peer.play(accept(1)).skip();

        assertThat(stream.state()).isEqualTo(StreamState.OPEN);
        peer.play(credit(1, 16 * 1024)).expect(data(1, 16 * 1024), halfClose(1));
    }

    @Test
    void dropsBytesThatComeAfterItsHalfClose() {
        MuxStream stream = openOurs();
        stream.halfClose();
        stream.send(bytes(3));
        peer.play(accept(1));
        stream.send(bytes(3));

        peer.expect(open(1), halfClose(1));
    }

    @Test
    void receivesAfterItsHalfClose() {
        MuxStream stream = openOurs();
        stream.halfClose();
        peer.play(accept(1), data(1, "answer"), halfClose(1));

        assertThat(relay.text()).isEqualTo("answer");
        stream.consumed(6);
        assertThat(relay.heard()).containsExactly("accepted", "data 6", "half-closed", "closed NONE by APPLICATION");
    }

    @Test
    void endsCleanlyOnlyWhenTheSocketHasTakenEverything() {
        MuxStream stream = openOurs();
        stream.halfClose();
        peer.play(accept(1), data(1, "answer"), halfClose(1));

        assertThat(stream.state()).isEqualTo(StreamState.CLOSED);
        assertThat(stream.closeCause()).isNull();
        assertThat(peer.link().streamCount()).isEqualTo(1);
        stream.consumed(5);
        assertThat(relay.heard()).doesNotContain("closed NONE by APPLICATION");

        stream.consumed(1);

        assertThat(relay.heard()).endsWith("closed NONE by APPLICATION");
        assertThat(stream.closeCause()).isEqualTo(CloseCause.CLEAN);
        assertThat(peer.link().streamCount()).isZero();
    }

    @Test
    void mayBeResetWhileItsSocketStillTakesTheLastBytes() {
        MuxStream stream = openOurs();
        stream.halfClose();
        peer.play(accept(1), data(1, "answer"), halfClose(1)).skip();

        stream.reset(CANCELLED);

        assertThat(relay.heard()).endsWith("closed CANCELLED by APPLICATION");
        stream.consumed(6);
        peer.expect();
        assertThat(peer.end().budget().used()).isEqualTo(peer.link().stats().unacknowledgedBytes());
    }

    @Test
    void endsCleanlyWhenTheLinkGoesWhileItsSocketStillTakesTheLastBytes() {
        MuxStream stream = openOurs();
        stream.halfClose();
        peer.play(accept(1), data(1, "answer"), halfClose(1));

        peer.cut();

        assertThat(relay.heard()).endsWith("closed NONE by APPLICATION");
        stream.consumed(6);
        assertThat(peer.end().budget().used()).isZero();
    }

    @Test
    void endsCleanlyWhenThePeerHalfClosesFirst() {
        MuxStream stream = openPeers();
        peer.play(halfClose(2));
        assertThat(stream.state()).isEqualTo(StreamState.HALF_CLOSED_REMOTE);

        stream.send(bytes(4));
        stream.halfClose();

        peer.expect(data(2, 4), halfClose(2));
        assertThat(relay.heard()).containsExactly("half-closed", "closed NONE by APPLICATION");
    }

    @Test
    void grantsCreditForWhatTheSocketTookAtHalfAWindow() {
        MuxStream stream = openPeers();
        peer.play(data(2, 16 * 1024), data(2, 16 * 1024), data(2, 16 * 1024));
        stream.consumed(16 * 1024);
        peer.expect();

        stream.consumed(16 * 1024);

        peer.expect(credit(2, 32 * 1024));
        stream.consumed(16 * 1024);
    }

    @Test
    void grantsNothingForAStreamThatThePeerHalfClosed() {
        MuxStream stream = openPeers();
        peer.play(data(2, 16 * 1024), data(2, 16 * 1024), data(2, 16 * 1024), halfClose(2));

        stream.consumed(48 * 1024);

        peer.expect();
    }

    @Test
    void refusesToCountBytesTwice() {
        MuxStream stream = openPeers();
        peer.play(data(2, 10));
        stream.consumed(10);
        long used = peer.end().budget().used();

        assertThatThrownBy(() -> stream.consumed(1)).hasMessage("consumed: 1 (expected: 0 to 0)");
        assertThat(peer.end().budget().used()).isEqualTo(used);
    }

    @Test
    void returnsTheMemoryOfBytesInHandAfterAReset() {
        MuxStream stream = openPeers();
        peer.play(data(2, 10), reset(2, ResetCode.CONNECTION_RESET));
        assertThat(relay.heard()).containsExactly("data 10", "closed CONNECTION_RESET by PEER");

        stream.consumed(10);

        assertThat(peer.end().budget().used()).isEqualTo(peer.link().stats().unacknowledgedBytes());
    }

    @Test
    void dropsItsQueueWhenItIsReset() {
        MuxStream stream = openOurs();
        stream.send(bytes(100_000));
        peer.pump();
        assertThat(stream.queued()).isPositive();

        stream.reset(CANCELLED);

        assertThat(stream.queued()).isZero();
        assertThat(relay.heard()).containsExactly("closed CANCELLED by APPLICATION");
        assertThat(peer.received()).endsWith(reset(1, ResetCode.CANCELLED));
    }

    @Test
    void keepsTheFirstCauseWhenBothSidesReset() {
        MuxStream stream = openOurs();
        stream.reset(CANCELLED);
        stream.reset(CloseCause.byTunnel(ResetCode.STALLED, ""));

        peer.play(reset(1, ResetCode.APP_REFUSED));

        assertThat(stream.closeCause()).isEqualTo(CANCELLED);
        assertThat(relay.heard()).containsExactly("closed CANCELLED by APPLICATION");
        peer.expect(open(1), reset(1, ResetCode.CANCELLED));
    }

    @Test
    void refusesToResetWithoutAReason() {
        MuxStream stream = openOurs();

        assertThatThrownBy(() -> stream.reset(CloseCause.CLEAN))
                .hasMessage("reset: NONE (expected: a code that says why)");
    }

    @Test
    void doesNothingMoreAfterItsEnd() {
        MuxStream stream = openOurs();
        stream.reset(CANCELLED);
        peer.skip();

        stream.send(bytes(5));
        stream.halfClose();
        stream.accept();

        peer.expect();
        assertThat(relay.heard()).hasSize(1);
    }

    @Test
    void stopsAndWakesItsRelayAtTheMarks() {
        MuxStream stream = openOurs();
        peer.end().carrier().resize(0);
        stream.send(bytes(63 * 1024));
        assertThat(stream.isWritable()).isTrue();
        stream.send(bytes(1024));
        assertThat(stream.isWritable()).isFalse();

        peer.end().carrier().resize(64 * 1024);
        peer.pump();

        assertThat(relay.heard()).containsExactly("writable");
        assertThat(stream.isWritable()).isTrue();
    }

    @Test
    void wakesItsRelayOnceForEachWait() {
        MuxStream stream = openOurs();
        stream.send(bytes(64 * 1024));
        assertThat(stream.isWritable()).isFalse();
        assertThat(stream.isWritable()).isFalse();
        peer.pump();
        peer.play(credit(1, 100_000));
        stream.send(bytes(1000));
        peer.pump();

        assertThat(relay.heard()).containsExactly("writable");
    }

    // Callbacks that call back.

    @Test
    void mayBeResetInsideOnData() {
        MuxStream stream = openPeers();
        relay.on("data", () -> stream.reset(CANCELLED));

        peer.play(data(2, 5), data(2, 6));

        assertThat(relay.heard()).containsExactly("data 5", "closed CANCELLED by APPLICATION");
        peer.expect(reset(2, ResetCode.CANCELLED));
        stream.consumed(5);
    }

    @Test
    void mayBeResetInsideOnAccepted() {
        MuxStream stream = openOurs();
        stream.send(bytes(5));
        peer.skip();
        relay.on("accepted", () -> stream.reset(CANCELLED));

        peer.play(accept(1)).expect(reset(1, ResetCode.CANCELLED));
    }

    @Test
    void mayBeResetInsideOnWritable() {
        MuxStream stream = openOurs();
        relay.on("writable", () -> stream.reset(CANCELLED));
        stream.send(bytes(48 * 1024));
        stream.send(bytes(16 * 1024));
        assertThat(stream.isWritable()).isFalse();

        assertThat(peer.received()).contains(reset(1, ResetCode.CANCELLED)).hasSize(4);
        assertThat(relay.heard()).containsExactly("writable", "closed CANCELLED by APPLICATION");
    }

    @Test
    void mayBeResetInsideOnHalfClosed() {
        MuxStream stream = openOurs();
        stream.halfClose();
        relay.on("half-closed", () -> stream.reset(CANCELLED));

        peer.play(accept(1)).play(halfClose(1)).expect(open(1), halfClose(1));

        assertThat(relay.heard()).containsExactly("accepted", "half-closed", "closed CANCELLED by APPLICATION");
    }

    @Test
    void mayHalfCloseInsideOnHalfClosed() {
        MuxStream stream = openPeers();
        relay.on("half-closed", stream::halfClose);

        peer.play(halfClose(2)).expect(halfClose(2));

        assertThat(relay.heard()).containsExactly("half-closed", "closed NONE by APPLICATION");
    }

    @Test
    void maySendInsideOnWritable() {
        MuxStream stream = openOurs();
        relay.on("writable", () -> stream.send(bytes(10)));
        stream.send(bytes(64 * 1024));
        assertThat(stream.isWritable()).isFalse();
        peer.pump();

        peer.play(credit(1, 10)).skip();
        assertThat(stream.queued()).isZero();
    }

    @Test
    void mayBeRefusedInsideOnStream() {
        peer.end().service().onStream((link, stream) -> {
            stream.reset(CloseCause.byApplication(ResetCode.UNKNOWN_TARGET, "no such intercept"));
            return relay;
        });

        peer.play(open(2), data(2, 5));

        peer.expect(new Frame.Reset(2, ResetCode.UNKNOWN_TARGET, "no such intercept"));
        assertThat(relay.heard()).containsExactly("closed UNKNOWN_TARGET by APPLICATION");
        assertThat(peer.link().streamCount()).isZero();
    }

    @Test
    void mayOpenAnotherInsideOnClosed() {
        MuxStream stream = openOurs();
        RecordingListener second = new RecordingListener();
        relay.on("closed", () -> peer.open(second));

        stream.reset(CANCELLED);

        peer.expect(open(1), reset(1, ResetCode.CANCELLED), open(3));
        assertThat(second.heard()).isEmpty();
    }

    @Test
    void mayEndTheLinkInsideOnData() {
        MuxStream stream = openPeers();
        relay.on("data", () -> peer.link().close(CloseCause.ofLink(ResetCode.SHUTDOWN, Initiator.APPLICATION, "")));

        peer.play(data(2, 5), data(2, 6), open(4));

        assertThat(relay.heard()).containsExactly("data 5", "closed SHUTDOWN by APPLICATION");
        stream.consumed(5);
        assertThat(peer.end().budget().used()).isZero();
    }

    @Test
    void tellsANewListenerOnlyWhatFollows() {
        MuxStream stream = openPeers();
        peer.play(data(2, 5));
        RecordingListener next = new RecordingListener();

        stream.listen(next);
        peer.play(data(2, 6), ack(0));
        stream.reset(CANCELLED);
        stream.listen(
                new RecordingListener().on("closed", () -> assertThat(true).isFalse()));

        assertThat(relay.heard()).containsExactly("data 5");
        assertThat(next.heard()).containsExactly("data 6", "closed CANCELLED by APPLICATION");
        stream.consumed(11);
    }
}
