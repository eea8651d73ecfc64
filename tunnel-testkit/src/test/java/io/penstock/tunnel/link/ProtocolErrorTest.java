package io.penstock.tunnel.link;

import static io.penstock.tunnel.testkit.Frames.accept;
import static io.penstock.tunnel.testkit.Frames.ack;
import static io.penstock.tunnel.testkit.Frames.credit;
import static io.penstock.tunnel.testkit.Frames.data;
import static io.penstock.tunnel.testkit.Frames.goAway;
import static io.penstock.tunnel.testkit.Frames.halfClose;
import static io.penstock.tunnel.testkit.Frames.open;
import static io.penstock.tunnel.testkit.Frames.ping;
import static io.penstock.tunnel.testkit.Frames.reset;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.penstock.tunnel.frame.Frame;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.CloseCause.Initiator;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.testkit.Frames;
import io.penstock.tunnel.testkit.LinkTerms;
import io.penstock.tunnel.testkit.RecordingListener;
import io.penstock.tunnel.testkit.ScriptedPeer;
import org.junit.jupiter.api.Test;

/** What a peer may not do, and the sentence that says so (link.md, rule 12); and what looks wrong and is only late. */
final class ProtocolErrorTest {

    private final ScriptedPeer peer = new ScriptedPeer();

    private void assertViolation(String sentence) {
        CloseCause cause = peer.end().service().expectClosed();
        assertThat(cause.code()).isEqualTo(ResetCode.PROTOCOL_ERROR);
        assertThat(cause.initiator()).isEqualTo(Initiator.PEER);
        assertThat(cause.detail()).isEqualTo(sentence);
        assertThat(peer.link().state()).isEqualTo(LinkState.CLOSED);
        assertThat(peer.pump().lost()).isNotNull();
        assertThat(peer.end().budget().used()).isZero();
        assertThat(peer.end().allocator().live()).isZero();
    }

    private void assertUnharmed() {
        assertThat(peer.end().service().closeCause()).isNull();
        peer.skip().play(ping(9)).expect(Frames.pong(9));
        peer.cut();
        assertThat(peer.end().allocator().live()).isZero();
    }

    private MuxStream openOurs() {
        return peer.open(new RecordingListener());
    }

    @Test
    void endsTheLinkOnAnUnknownFrameType() {
        peer.playBytes(Unpooled.buffer().writeLong(0x63L << 56));

        assertViolation("frame type: 99 (expected: 1 to 11)");
    }

    @Test
    void endsTheLinkOnALengthOverTheLimit() {
        peer.playBytes(Unpooled.buffer().writeLong(3L << 56 | 16_385L << 32 | 2));

        assertViolation("DATA length: 16385 (expected: 1 to 16384)");
    }

    @Test
    void endsTheLinkOnCreditOverflow() {
        openOurs();

        peer.play(credit(1, Integer.MAX_VALUE));

        assertViolation("CREDIT of 2147483647 on stream 1 (expected: 1 to 2147418111)");
    }

    @Test
    void endsTheLinkOnCreditOfNothing() {
        openOurs();

        peer.play(credit(1, 0));

        assertViolation("CREDIT of 0 on stream 1 (expected: 1 to 2147418111)");
    }

    @Test
    void endsTheLinkOnDataBeyondTheWindow() {
        peer.play(open(2));
        for (int i = 0; i < 4; i++) {
            peer.play(data(2, 16 * 1024));
        }
        assertThat(peer.end().service().closeCause()).isNull();

        peer.end().service().stream(0).consumed(1);
        peer.play(data(2, 1));

        CloseCause cause = peer.end().service().expectClosed();
        assertThat(cause.detail()).isEqualTo("DATA on stream 2: 1 bytes (expected: at most the credit of 0)");
        peer.end().service().stream(0).consumed(64 * 1024 - 1);
        assertThat(peer.end().budget().used()).isZero();
    }

    @Test
    void endsTheLinkOnDataForAStreamThatWasNeverOpened() {
        peer.play(data(2, 5));

        assertViolation("DATA for stream 2 (expected: an id that was opened)");
    }

    @Test
    void endsTheLinkOnDataForAStreamThatWeWillOpenLater() {
        openOurs();

        peer.play(data(3, 5));

        assertViolation("DATA for stream 3 (expected: an id that was opened)");
    }

    @Test
    void endsTheLinkOnCreditHalfCloseAndResetForStreamsNeverOpened() {
        for (Frame frame : new Frame[] {credit(4, 1), halfClose(4), reset(4, ResetCode.CANCELLED)}) {
            ScriptedPeer other = new ScriptedPeer().play(frame);
            CloseCause cause = other.end().service().expectClosed();
            assertThat(cause.detail()).isEqualTo(frame.type() + " for stream 4 (expected: an id that was opened)");
        }
    }

    @Test
    void endsTheLinkOnAnOpenWithOurParity() {
        peer.play(open(1));

        assertViolation("OPEN of stream 1 (expected: the peer's parity, and more than 0)");
    }

    @Test
    void endsTheLinkOnAnOpenThatGoesBack() {
        peer.play(open(4), open(2));

        assertViolation("OPEN of stream 2 (expected: the peer's parity, and more than 4)");
    }

    @Test
    void endsTheLinkOnAnOpenThatGoesBackWhileDraining() {
        peer.play(open(4));
        peer.link().drain(ResetCode.SHUTDOWN);

        peer.play(open(2));

        assertViolation("OPEN of stream 2 (expected: the peer's parity, and more than 4)");
    }

    @Test
    void endsTheLinkOnAnOpenWithOurParityWhileDraining() {
        peer.play(open(4));
        peer.link().drain(ResetCode.SHUTDOWN);

        peer.play(open(7));

        assertViolation("OPEN of stream 7 (expected: the peer's parity, and more than 4)");
    }

    @Test
    void endsTheLinkWhenThePeerAcceptsItsOwnStream() {
        peer.end().service().onStream((link, stream) -> peer.end().service().record(stream));

        peer.play(open(2), accept(2));

        assertViolation("ACCEPT of stream 2 (expected: a stream that the receiver opened)");
        assertThat(peer.end().service().listener(0).heard()).containsExactly("closed PROTOCOL_ERROR by PEER");
    }

    @Test
    void endsTheLinkOnASecondAccept() {
        openOurs();

        peer.play(accept(1), accept(1));

        assertViolation("ACCEPT of stream 1 in OPEN (expected: OPENING)");
    }

    @Test
    void endsTheLinkOnHalfCloseBeforeAccept() {
        openOurs();

        peer.play(halfClose(1));

        assertViolation("HALF_CLOSE of stream 1 in OPENING (expected: OPEN or HALF_CLOSED_LOCAL)");
    }

    @Test
    void endsTheLinkOnASecondHalfClose() {
        peer.play(open(2), halfClose(2), halfClose(2));

        assertViolation("HALF_CLOSE of stream 2 in HALF_CLOSED_REMOTE (expected: OPEN or HALF_CLOSED_LOCAL)");
    }

    @Test
    void endsTheLinkOnDataAfterHalfClose() {
        peer.play(open(2), halfClose(2), data(2, 5));

        assertViolation("DATA on stream 2 after its HALF_CLOSE (expected: none)");
    }

    @Test
    void endsTheLinkOnAnAckOfWhatWasNeverSent() {
        openOurs();
        peer.pump();

        peer.play(ack(1_000_000));

        assertThat(peer.end().service().expectClosed().detail()).startsWith("ACK of 1000000 (expected: at most ");
    }

    @Test
    void endsTheLinkOnAResetThatClaimsACleanEnd() {
        openOurs();

        peer.play(reset(1, ResetCode.NONE));

        assertViolation("RESET code: 0 (expected: 1 to 65535)");
    }

    @Test
    void endsTheLinkOnATargetThatIsNotText() {
        ByteBuf open = Unpooled.buffer().writeLong(1L << 56 | 259L << 32 | 2);
        open.writeShort(80).writeByte(255).writeBytes(new byte[255]).writeByte(0);
        for (int i = 0; i < 255; i++) {
            open.setByte(11 + i, 0xff);
        }

        peer.playBytes(open);

        assertViolation("OPEN target: unreadable (expected: port, intercept id, peer)");
    }

    @Test
    void endsTheLinkWhenPongsPileUpUnread() {
        peer.end().carrier().resize(0);
        Frame[] pings = new Frame[10_000];
        for (int i = 0; i < pings.length; i++) {
            pings[i] = ping(i);
        }
        for (int i = 0; i < 30; i++) {
            peer.play(pings);
        }

        CloseCause cause = peer.end().service().expectClosed();
        assertThat(cause.detail()).contains("answers that wait: 4194").contains("(expected: a peer that reads them)");
    }

    @Test
    void endsTheLinkWhenThePeerNeverAcknowledgesItsAnswers() {
        ScriptedPeer silent =
                new ScriptedPeer(LinkSide.AGENT, LinkTerms.defaults().unacknowledged(256 * 1024));
        Frame[] pings = new Frame[10_000];
        for (int i = 0; i < pings.length; i++) {
            pings[i] = ping(i);
        }
        for (int i = 0; i < 5; i++) {
            silent.play(pings).skip();
        }

        CloseCause cause = silent.end().service().expectClosed();
        assertThat(cause.detail()).startsWith("unacknowledged: ").endsWith("(expected: a peer that acknowledges)");
        assertThat(silent.end().allocator().live()).isZero();
    }

    @Test
    void dropsLateFramesOfAFinishedStream() {
        MuxStream stream = openOurs();
        stream.reset(CloseCause.byApplication(ResetCode.CANCELLED, ""));

        peer.play(accept(1), data(1, 100), credit(1, 5), halfClose(1), reset(1, ResetCode.APP_REFUSED));

        assertUnharmed();
    }

    @Test
    void dropsLateFramesOfAPeersFinishedStream() {
        peer.play(open(2), reset(2, ResetCode.CANCELLED));

        peer.play(data(2, 100), credit(2, 5), halfClose(2), reset(2, ResetCode.CANCELLED));

        assertUnharmed();
    }

    @Test
    void toleratesAnAckThatGoesBack() {
        openOurs();
        peer.pump();

        peer.play(ack(10), ack(5), ack(-3), ack(10));

        assertUnharmed();
    }

    @Test
    void toleratesAPongThatNobodyAskedFor() {
        peer.play(Frames.pong(4));

        assertUnharmed();
    }

    @Test
    void hearsNothingAfterTheEnd() {
        peer.play(goAway(0), open(2), data(2, 5));

        assertThat(peer.end().service().closeCause()).isNotNull();
        assertThat(peer.end().service().streams()).isEmpty();
        assertThat(peer.end().allocator().live()).isZero();
    }
}
