package io.penstock.tunnel.link;

import static io.penstock.tunnel.testkit.Frames.accept;
import static io.penstock.tunnel.testkit.Frames.ack;
import static io.penstock.tunnel.testkit.Frames.data;
import static io.penstock.tunnel.testkit.Frames.halfClose;
import static io.penstock.tunnel.testkit.Frames.open;
import static io.penstock.tunnel.testkit.Frames.ping;
import static io.penstock.tunnel.testkit.Frames.pong;
import static io.penstock.tunnel.testkit.Frames.reset;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.penstock.tunnel.frame.Frame;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.testkit.InMemoryLink;
import io.penstock.tunnel.testkit.LinkTerms;
import io.penstock.tunnel.testkit.RecordingListener;
import io.penstock.tunnel.testkit.ScriptedPeer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens when the process holds as much as it may, and more. */
final class MemoryPressureTest {

    private static final int BUDGET = 64 * 1024;

    private final LinkTerms small = LinkTerms.defaults().budget(BUDGET);
    private final ScriptedPeer peer = new ScriptedPeer(LinkSide.AGENT, small);
    private final RecordingListener relay = new RecordingListener();

    @AfterEach
    void leavesNothingBehind() {
        peer.cut();
        assertThat(peer.end().allocator().live()).isZero();
    }

    private ByteBuf bytes(int length) {
        return peer.end().allocator().heapBuffer(length).writeZero(length);
    }

    private void pass(Duration time) {
        peer.end().loop().advance(time.toNanos());
        peer.pump();
    }

    /** A stream of the peer whose socket takes nothing, and enough bytes on it to exceed the budget. */
    private MuxStream exceed() {
        peer.play(open(2));
        for (int i = 0; i < 4; i++) {
            peer.play(data(2, 16 * 1024));
        }
        peer.end().budget().charge(1);
        peer.play(ping(1)).skip();
        peer.end().budget().release(1);
        peer.end().budget().charge(1);
        return peer.end().service().stream(0);
    }

    @Test
    void refusesNewStreamsOfEitherSideWhenExceeded() {
        peer.end().budget().charge(BUDGET + 1);

        peer.play(open(2), data(2, 5)).expect(reset(2, ResetCode.REFUSED_MEMORY));
        assertThat(peer.link().open(io.penstock.tunnel.testkit.Frames.TARGET, relay))
                .isNull();

        assertThat(peer.end().events().refusals()).containsExactly(ResetCode.REFUSED_MEMORY, ResetCode.REFUSED_MEMORY);
        assertThat(peer.link().streamCount()).isZero();
        peer.end().budget().release(BUDGET + 1);
    }

    @Test
    void holdsItsCarrierBackWhileSocketsOweIt() {
        MuxStream stream = exceed();
        assertThat(peer.end().carrier().isRead()).isFalse();

        stream.consumed(64 * 1024);
        peer.pump();

        assertThat(peer.end().carrier().isRead()).isTrue();
        peer.end().budget().release(1);
    }

    @Test
    void readsOnWithNothingInHandSoThatAcknowledgementsCanFreeMemory() {
        MuxStream stream = peer.open(relay);
        stream.send(bytes(60 * 1024));
        peer.open(relay).send(bytes(60 * 1024));
        peer.skip();
        assertThat(peer.end().budget().isExceeded()).isTrue();

        peer.play(ping(1)).expect(pong(1));
        assertThat(peer.end().carrier().isRead()).isTrue();
        peer.play(ack(peer.link().stats().unacknowledgedBytes()));

        assertThat(peer.end().budget().used()).isZero();
    }

    @Test
    void twoFullEndsDoNotWaitForEachOther() {
        InMemoryLink link = new InMemoryLink(small, small).start();
        RecordingListener agentHears = new RecordingListener().consumeAtOnce();
        RecordingListener gatewayHears = new RecordingListener().consumeAtOnce();
        link.gateway().service().onStream((owner, stream) -> {
            stream.accept();
            stream.send(link.gateway().allocator().heapBuffer(200_000).writeZero(200_000));
            return gatewayHears.of(stream);
        });

        MuxStream stream = link.open(agentHears);
        agentHears.of(stream);
        stream.send(link.agent().allocator().heapBuffer(200_000).writeZero(200_000));
        link.advance(Duration.ofSeconds(30));

        assertThat(agentHears.text()).hasSize(200_000);
        assertThat(gatewayHears.text()).hasSize(200_000);
        link.cut();
        link.pump();
        assertThat(link.agent().budget().used()).isZero();
        assertThat(link.gateway().budget().used()).isZero();
    }

    @Test
    void resetsAStalledStreamOnlyUnderPressure() {
        peer.link().start();
        peer.play(open(2), data(2, 100));
        for (int second = 0; second < 200; second++) {
            pass(Duration.ofSeconds(1));
            peer.play(ping(second));
        }
        assertThat(peer.end().service().stream(0).closeCause()).isNull();

        peer.skip();
        peer.end().budget().charge(BUDGET);
        pass(Duration.ofSeconds(1));

        assertThat(peer.received()).contains(reset(2, ResetCode.STALLED));
        assertThat(peer.end().service().listener(0).heard()).endsWith("closed STALLED by TUNNEL");
        peer.end().budget().release(BUDGET);
    }

    @Test
    void countsAStallFromTheFirstByteThatWaitsNotFromTheLastThatMoved() {
        peer.link().start();
        peer.play(open(2));
        MuxStream ours = peer.open(relay);
        peer.skip();
        peer.play(accept(ours.id()));
        ours.send(bytes(64 * 1024));
        keepAliveFor(90);
        peer.end().budget().charge(BUDGET);
        ours.send(bytes(10));
        peer.play(data(2, 100));

        keepAliveFor(59);
        assertThat(peer.end().service().stream(0).closeCause()).isNull();
        assertThat(ours.closeCause()).isNull();
        keepAliveFor(2);

        assertThat(peer.end().service().listener(0).heard()).endsWith("closed STALLED by TUNNEL");
        assertThat(relay.heard()).endsWith("closed STALLED by TUNNEL");
        peer.end().budget().release(BUDGET);
    }

    private void keepAliveFor(int seconds) {
        for (int second = 0; second < seconds; second++) {
            pass(Duration.ofSeconds(1));
            peer.play(ping(second));
        }
        peer.skip();
    }

    @Test
    void resetsAStreamWhoseLastBytesNobodyTakes() {
        peer.link().start();
        MuxStream stream = peer.open(relay);
        stream.halfClose();
        peer.play(accept(1), data(1, 100), halfClose(1));
        peer.end().budget().charge(BUDGET);

        keepAliveFor(62);

        assertThat(relay.heard()).endsWith("closed STALLED by TUNNEL");
        stream.consumed(100);
        peer.end().budget().release(BUDGET);
    }

    @Test
    void showsSignsOfLifeWhileItsCarrierIsHeldBack() {
        peer.link().start();
        MuxStream stream = exceed();
        peer.skip();

        int pings = 0;
        for (int second = 0; second < 30; second++) {
            pass(Duration.ofSeconds(1));
            pings += (int) peer.received().stream()
                    .filter(Frame.Ping.class::isInstance)
                    .count();
        }

        assertThat(peer.end().carrier().isRead()).isFalse();
        assertThat(pings).isBetween(5, 7);
        assertThat(peer.end().service().closeCause()).isNull();
        stream.consumed(64 * 1024);
        peer.end().budget().release(1);
        peer.pump();
        assertThat(peer.end().carrier().isRead()).isTrue();
        pass(Duration.ofSeconds(10));
        assertThat(peer.end().service().closeCause()).isNull();
    }

    @Test
    void letsARelayWithAnEmptyQueueReadOnHoweverShortMemoryIs() {
        peer.end().budget().charge(BUDGET);
        MuxStream stream = peer.open(relay);
        assertThat(stream.isWritable()).isTrue();
        stream.send(bytes(10));
        assertThat(stream.isWritable()).isFalse();

        peer.skip();

        assertThat(relay.heard()).containsExactly("writable");
        peer.end().budget().release(BUDGET);
    }

    @Test
    void wakesRelaysWhenMemoryIsThereAgain() {
        peer.link().start();
        MuxStream stream = peer.open(relay);
        stream.send(bytes(64 * 1024));
        peer.skip();
        stream.send(bytes(10));
        peer.end().budget().charge(BUDGET);
        assertThat(stream.isWritable()).isFalse();
        assertThat(stream.queued()).isEqualTo(10);

        peer.end().budget().release(BUDGET);
        peer.play(ack(40_000), ack(65_000));

        assertThat(relay.heard()).containsExactly("writable");
    }

    @Test
    void shrinksWindowsWhileMemoryIsShort() {
        ScriptedPeer wide = new ScriptedPeer(
                LinkSide.AGENT,
                LinkTerms.defaults().window(16 * 1024, 64 * 1024).budget(1 << 20));
        wide.link().start();
        wide.end().loop().advance(50_000_000);
        wide.play(pong(1), open(2));
        MuxStream stream = wide.end().service().stream(0);
        for (int round = 0; round < 3; round++) {
            feed(wide, stream);
        }
        assertThat(stream.receiving().size()).isEqualTo(64 * 1024);

        wide.end().budget().charge(900_000);
        feed(wide, stream);
        feed(wide, stream);

        assertThat(stream.receiving().size()).isEqualTo(16 * 1024);
        wide.end().budget().release(900_000);
        wide.cut();
    }

    private static void feed(ScriptedPeer wide, MuxStream stream) {
        long credit = stream.receiving().credit();
        for (long left = credit; left > 0; left -= 16 * 1024) {
            wide.play(data(2, (int) Math.min(left, 16 * 1024)));
        }
        stream.consumed((int) credit);
    }

    @Test
    void forgetsItsReliefWhenTheLinkEnds() {
        peer.link().start();
        peer.cut();

        peer.end().budget().charge(BUDGET);
        peer.end().budget().release(BUDGET);

        assertThat(peer.end().loop().hasReady()).isFalse();
        assertThat(List.of(peer.link().state())).containsExactly(LinkState.CLOSED);
    }
}
