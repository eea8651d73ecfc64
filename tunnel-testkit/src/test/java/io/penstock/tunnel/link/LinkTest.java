package io.penstock.tunnel.link;

import static io.penstock.tunnel.testkit.Frames.accept;
import static io.penstock.tunnel.testkit.Frames.credit;
import static io.penstock.tunnel.testkit.Frames.data;
import static io.penstock.tunnel.testkit.Frames.goAway;
import static io.penstock.tunnel.testkit.Frames.halfClose;
import static io.penstock.tunnel.testkit.Frames.open;
import static io.penstock.tunnel.testkit.Frames.ping;
import static io.penstock.tunnel.testkit.Frames.reset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.penstock.tunnel.frame.Frame;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.CloseCause.Initiator;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.testkit.Frames;
import io.penstock.tunnel.testkit.LinkTerms;
import io.penstock.tunnel.testkit.RecordingListener;
import io.penstock.tunnel.testkit.ScriptedPeer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LinkTest {

    private static final CloseCause SHUTDOWN = CloseCause.ofLink(ResetCode.SHUTDOWN, Initiator.APPLICATION, "");

    private final ScriptedPeer peer = new ScriptedPeer();
    private final RecordingListener relay = new RecordingListener();

    @AfterEach
    void leavesNothingBehind() {
        peer.cut();
        assertThat(peer.end().allocator().live()).isZero();
        assertThat(peer.end().budget().used()).isZero();
        assertThat(peer.end().events().closed()).isEqualTo(peer.end().events().opened());
        assertThat(peer.end().events().linksClosed()).isEqualTo(1);
        peer.end().service().expectClosed();
    }

    private ByteBuf bytes(int length) {
        return peer.end().allocator().heapBuffer(length).writeZero(length);
    }

    private void pass(Duration time) {
        peer.end().loop().advance(time.toNanos());
        peer.pump();
    }

    // One turn, one flush.

    @Test
    void gathersOneTurnsFramesInOneFlush() {
        peer.open(relay).send(bytes(10));
        peer.open(relay).send(bytes(10));
        assertThat(peer.end().carrier().inFlight()).isZero();

        peer.end().loop().runNext();

        assertThat(peer.end().carrier().inFlight()).isPositive();
        assertThat(peer.end().loop().hasReady()).isFalse();
        assertThat(peer.received()).hasSize(4);
    }

    @Test
    void waitsForAnUnwritableCarrierAndGoesOnWhenItIsWritable() {
        peer.end().carrier().resize(0);
        peer.open(relay).send(bytes(10));
        peer.expect();

        peer.end().carrier().resize(1024);

        peer.expect(open(1), data(1, 10));
    }

    @Test
    void sendsNoDataBeyondTheUnacknowledgedBoundButStillControl() {
        ScriptedPeer slow = new ScriptedPeer(
                LinkSide.AGENT, LinkTerms.defaults().window(1 << 20, 1 << 20).unacknowledged(256 * 1024));
        MuxStream stream = slow.open(relay);
        stream.send(slow.end().allocator().heapBuffer(512 * 1024).writeZero(512 * 1024));
        slow.skip();
        long held = slow.link().stats().unacknowledgedBytes();
        assertThat(held).isBetween(256 * 1024L, 290 * 1024L);

        slow.play(ping(3)).expect(Frames.pong(3));
        assertThat(stream.queued()).isPositive();
        slow.play(Frames.ack(held));

        assertThat(stream.queued()).isZero();
        assertThat(slow.link().stats().saturation()).isBetween(0.9, 1.0);
        slow.cut();
        assertThat(slow.end().allocator().live()).isZero();
    }

    @Test
    void acknowledgesAtTheTickWhatIsWorthIt() {
        peer.link().start();
        peer.play(open(2)).skip();
        long received = Frames.bytes(open(2)).readableBytes();

        pass(Duration.ofMillis(500));
        peer.expect(Frames.ack(received));
        pass(Duration.ofMillis(500));
        peer.play(ping(1)).expect(Frames.pong(1));
        pass(Duration.ofMillis(500));

        peer.expect();
    }

    @Test
    void acknowledgesAtOnceAfterSixtyFourKibibytes() {
        peer.play(open(2), data(2, 16_384), data(2, 16_384), data(2, 16_384)).skip();
        peer.end().service().stream(0).consumed(3 * 16_384);
        peer.skip();

        peer.play(data(2, 16_384));

        assertThat(peer.received()).hasSize(1).allMatch(Frame.Ack.class::isInstance);
        peer.end().service().stream(0).consumed(16_384);
    }

    // Ends.

    @Test
    void tellsItsStreamsBeforeItsService() {
        relay.on("closed", () -> assertThat(peer.end().service().closeCause()).isNull());
        peer.open(relay);

        peer.link().close(SHUTDOWN);

        assertThat(relay.heard()).containsExactly("closed SHUTDOWN by APPLICATION");
        assertThat(peer.end().service().expectClosed()).isEqualTo(SHUTDOWN);
    }

    @Test
    void ignoresEverythingAfterItsEnd() {
        MuxStream stream = peer.open(relay);
        peer.link().close(SHUTDOWN);
        peer.skip();

        peer.link().close(CloseCause.ofLink(ResetCode.INTERNAL_ERROR, Initiator.TUNNEL, ""));
        peer.link().drain(ResetCode.SHUTDOWN);
        peer.link().start();
        stream.send(bytes(5));
        peer.link().onCarrierLost("again");

        assertThat(peer.link().open(Frames.TARGET, relay)).isNull();
        assertThat(peer.end().events().refusals()).containsExactly(ResetCode.GOING_AWAY);
        assertThat(peer.end().loop().timerCount()).isZero();
        assertThat(peer.end().events().linksOpened()).isZero();
        peer.expect();
    }

    @Test
    void sendsNothingOnALostCarrierSoThatStreamsThatNeverLeftAreKnown() {
        peer.end().carrier().resize(0);
        MuxStream stream = peer.open(relay);
        peer.end().carrier().resize(1024);

        peer.link().onCarrierLost("gone");

        assertThat(peer.link().mayHaveReached(stream)).isFalse();
        assertThat(relay.heard()).containsExactly("closed LINK_LOST by PEER");
    }

    @Test
    void knowsWhichStreamsMayHaveReachedThePeer() {
        MuxStream first = peer.open(relay);
        peer.end().loop().runReady();
        MuxStream second = peer.open(relay);

        assertThat(peer.link().mayHaveReached(first)).isTrue();
        assertThat(peer.link().mayHaveReached(second)).isFalse();
    }

    @Test
    void mayBeClosedInsideItsOwnTurn() {
        MuxStream stream = peer.open(relay);
        relay.on("writable", () -> peer.link().close(SHUTDOWN));
        stream.send(bytes(1));
        stream.send(bytes(2));
        stream.send(bytes(65_000));
        assertThat(stream.isWritable()).isTrue();
        stream.send(bytes(536));
        assertThat(stream.isWritable()).isFalse();

        List<Frame> frames = peer.received();

        int sum = frames.stream()
                .filter(Frame.Data.class::isInstance)
                .mapToInt(frame -> ((Frame.Data) frame).bytes().readableBytes())
                .sum();
        assertThat(sum).as("bytes in their order up to the credit").isEqualTo(65_536);
        assertThat(frames.get(1)).isEqualTo(data(1, 1));
        assertThat(frames.get(2)).isEqualTo(data(1, 2));
        assertThat(relay.heard()).containsExactly("writable", "closed SHUTDOWN by APPLICATION");
        assertThat(peer.lost()).isNotNull();
    }

    @Test
    void mayBeClosedWhenItsLastStreamEndsInItsOwnTurn() {
        peer.end().service().onStream((link, stream) -> {
            stream.accept();
            relay.on("half-closed", stream::halfClose).on("closed", () -> link.close(SHUTDOWN));
            return relay;
        });

        peer.play(open(2), halfClose(2)).expect(accept(2), halfClose(2));

        assertThat(relay.heard()).containsExactly("half-closed", "closed NONE by APPLICATION");
        assertThat(peer.lost()).isNotNull();
    }

    @Test
    void mayBeClosedInsideOnStream() {
        peer.end().service().onStream((link, stream) -> {
            link.close(SHUTDOWN);
            return relay;
        });

        peer.play(open(2), data(2, 100), open(4));

        assertThat(relay.heard()).containsExactly("closed SHUTDOWN by APPLICATION");
    }

    @Test
    void mayBeClosedInsideOnDrainingAndOnClosed() {
        peer.end().service().whenDraining(() -> peer.link().close(SHUTDOWN));
        peer.end().service().whenClosed(() -> peer.link().close(SHUTDOWN));
        peer.open(relay);

        peer.play(goAway(1));

        assertThat(relay.heard()).containsExactly("closed SHUTDOWN by APPLICATION");
    }

    @Test
    void survivesStreamsThatEndEachOtherAtItsEnd() {
        MuxStream first = peer.open(relay);
        RecordingListener other = new RecordingListener();
        MuxStream second = peer.open(other);
        CloseCause cancelled = CloseCause.byApplication(ResetCode.CANCELLED, "");
        relay.on("closed", () -> second.reset(cancelled));
        other.on("closed", () -> first.reset(cancelled));

        peer.cut();

        assertThat(relay.heard()).hasSize(1);
        assertThat(other.heard()).hasSize(1);
    }

    @Test
    void endsWholeWhateverARelayThrows() {
        relay.on("closed", () -> {
            throw new IllegalStateException("a relay's own fault");
        });
        peer.open(relay);
        RecordingListener other = new RecordingListener();
        peer.open(other);

        assertThatThrownBy(() -> peer.link().close(SHUTDOWN)).hasMessage("a relay's own fault");
        peer.pump();

        assertThat(relay.heard()).containsExactly("closed SHUTDOWN by APPLICATION");
        assertThat(other.heard()).containsExactly("closed SHUTDOWN by APPLICATION");
        assertThat(peer.lost()).isNotNull();
        assertThat(peer.end().service().expectClosed()).isEqualTo(SHUTDOWN);
    }

    // Drain.

    @Test
    void drainsAtOnceWhenNothingRuns() {
        peer.link().drain(ResetCode.SHUTDOWN);

        assertThat(peer.link().state()).isEqualTo(LinkState.DRAINING);
        peer.expect(new Frame.GoAway(0, ResetCode.SHUTDOWN));
        assertThat(peer.end().service().expectClosed().code()).isEqualTo(ResetCode.NONE);
        assertThat(peer.lost()).isNotNull();
    }

    @Test
    void saysThatItDrainsHoweverFullItsCarrierIs() {
        peer.end().carrier().resize(0);
        peer.link().drain(ResetCode.SHUTDOWN);
        peer.expect();
        assertThat(peer.end().service().closeCause()).isNull();

        peer.end().carrier().resize(1024);

        peer.expect(new Frame.GoAway(0, ResetCode.SHUTDOWN));
        assertThat(peer.end().service().expectClosed().code()).isEqualTo(ResetCode.NONE);
    }

    @Test
    void letsRunningStreamsFinishWhileItDrains() {
        MuxStream stream = peer.open(relay.consumeAtOnce());
        relay.of(stream);
        peer.play(accept(1)).skip();
        peer.link().drain(ResetCode.SHUTDOWN);
        assertThat(peer.end().service().isDraining()).isTrue();
        assertThat(peer.link().canOpen()).isFalse();

        stream.send(bytes(5));
        peer.play(data(1, 7)).expect(new Frame.GoAway(0, ResetCode.SHUTDOWN), data(1, 5));
        stream.halfClose();
        peer.play(halfClose(1)).expect(halfClose(1));

        assertThat(relay.heard()).endsWith("closed NONE by APPLICATION");
        assertThat(peer.end().service().expectClosed().code()).isEqualTo(ResetCode.NONE);
    }

    @Test
    void waitsWithItsEndForSocketsThatStillTakeBytes() {
        MuxStream stream = peer.open(relay);
        stream.halfClose();
        peer.play(accept(1), data(1, 7), halfClose(1));
        peer.link().drain(ResetCode.SHUTDOWN);
        peer.pump();
        assertThat(peer.end().service().closeCause()).isNull();

        stream.consumed(7);
        peer.pump();

        assertThat(peer.end().service().expectClosed().code()).isEqualTo(ResetCode.NONE);
    }

    @Test
    void refusesNewStreamsOfThePeerWhileItDrains() {
        peer.play(open(2)).skip();
        peer.link().drain(ResetCode.SHUTDOWN);

        peer.play(open(4), data(4, 5)).expect(new Frame.GoAway(2, ResetCode.SHUTDOWN), reset(4, ResetCode.GOING_AWAY));

        assertThat(peer.end().events().refusals()).containsExactly(ResetCode.GOING_AWAY);
        assertThat(peer.end().service().streams()).hasSize(1);
    }

    @Test
    void resetsWhatOutlivesTheDrainGrace() {
        peer.open(relay);
        peer.link().drain(ResetCode.SHUTDOWN);
        peer.skip();

        pass(LinkTerms.DRAIN_GRACE.minusMillis(1));
        assertThat(relay.heard()).isEmpty();
        pass(Duration.ofMillis(1));

        peer.expect(reset(1, ResetCode.DRAIN_TIMEOUT));
        assertThat(relay.heard()).containsExactly("closed DRAIN_TIMEOUT by TUNNEL");
        peer.end().service().expectClosed();
    }

    @Test
    void endsStreamsThatCrossedTheGoAwayAsNeverServed() {
        MuxStream served = peer.open(relay);
        RecordingListener crossed = new RecordingListener();
        peer.open(crossed).send(bytes(100));

        peer.play(goAway(1));

        assertThat(crossed.heard()).containsExactly("closed GOING_AWAY by PEER");
        assertThat(ResetCode.GOING_AWAY.reachedNobody()).isTrue();
        assertThat(relay.heard()).isEmpty();
        assertThat(served.closeCause()).isNull();
        assertThat(peer.link().state()).isEqualTo(LinkState.DRAINING);
    }

    @Test
    void takesTheEndOfADrainedLinkAsClean() {
        peer.open(relay);
        peer.play(goAway(1), accept(1));
        peer.play(reset(1, ResetCode.CANCELLED));

        assertThat(peer.end().service().expectClosed().code()).isEqualTo(ResetCode.NONE);
    }

    @Test
    void takesALostCarrierWhileStreamsDrainAsLoss() {
        peer.open(relay);
        peer.play(goAway(1));

        peer.cut();

        assertThat(relay.heard()).containsExactly("closed LINK_LOST by PEER");
        assertThat(peer.end().service().expectClosed().code()).isEqualTo(ResetCode.LINK_LOST);
    }

    // Signs of life.

    @Test
    void measuresItsRoundTrip() {
        peer.link().start();
        peer.expect(ping(1));
        peer.end().loop().advance(3_000_000);

        peer.play(Frames.pong(1));

        assertThat(peer.link().roundTripNanos()).isEqualTo(3_000_000);
        assertThat(peer.end().events().roundTrips()).isEqualTo(1);
    }

    @Test
    void takesNoNewStreamsWhileItIsSuspectAndThenAgain() {
        peer.link().start();
        pass(Duration.ofMillis(1_500));
        assertThat(peer.link().canOpen()).isTrue();
        pass(Duration.ofMillis(500));

        assertThat(peer.link().canOpen()).isFalse();
        assertThat(peer.link().open(Frames.TARGET, relay)).isNull();
        peer.play(Frames.pong(1));
        assertThat(peer.link().canOpen()).isTrue();
    }

    @Test
    void asksAtOnceWhenAnOpenWaits() {
        peer.link().start();
        peer.play(Frames.pong(1)).skip();
        peer.open(relay);
        pass(Duration.ofMillis(500));
        peer.expect(open(1));

        pass(Duration.ofMillis(500));

        peer.expect(ping(2));
    }

    @Test
    void endsAfterFifteenSecondsOfSilence() {
        peer.link().start();
        peer.open(relay);
        peer.play(accept(1));
        pass(Duration.ofMillis(14_999));
        assertThat(peer.end().service().closeCause()).isNull();

        pass(Duration.ofMillis(501));

        assertThat(relay.heard()).containsExactly("accepted", "closed KEEP_ALIVE_TIMEOUT by TUNNEL");
        assertThat(peer.end().service().expectClosed().detail()).isEqualTo("nothing came for PT15S");
        assertThat(peer.end().loop().timerCount()).isZero();
    }

    @Test
    void livesAsLongAsAnythingComes() {
        peer.link().start();
        peer.play(open(2));
        for (int second = 0; second < 60; second++) {
            pass(Duration.ofSeconds(1));
            peer.play(credit(2, 1));
        }

        assertThat(peer.end().service().closeCause()).isNull();
    }
}
