package io.penstock.tunnel.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.CloseCause.Initiator;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.testkit.InMemoryLink;
import io.penstock.tunnel.testkit.LinkEnd;
import io.penstock.tunnel.testkit.LinkTerms;
import io.penstock.tunnel.testkit.RecordingListener;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A link without a carrier holds bytes that nobody takes; the memory is the whole process's. */
final class SuspendedMemoryTest {

    private static final int BUDGET = 1024 * 1024;
    private static final int HELD = 256 * 1024;
    private static final LinkTerms TERMS =
            LinkTerms.defaults().window(HELD, HELD).budget(BUDGET).resume(Duration.ofSeconds(30));

    private final InMemoryLink link = new InMemoryLink(TERMS, TERMS).start();
    private final LinkEnd agent = link.agent();
    private final RecordingListener caller = new RecordingListener();

    @AfterEach
    void leavesNothingBehind() {
        if (agent.link().state() != LinkState.CLOSED) {
            agent.link().close(CloseCause.ofLink(ResetCode.SHUTDOWN, Initiator.APPLICATION, "test"));
        }
        link.advance(Duration.ofSeconds(31));
        assertThat(agent.allocator().live()).isZero();
        assertThat(agent.loop().timerCount()).isZero();
    }

    /** The link's bytes have left, and nobody has acknowledged them. */
    private MuxStream suspendWith(int bytes) {
        MuxStream stream = link.open(caller);
        caller.of(stream);
        link.pump();
        stream.send(Unpooled.wrappedBuffer(new byte[bytes]));
        agent.loop().runReady();
        link.cut();
        link.pump();
        assertThat(agent.link().state()).isEqualTo(LinkState.RESUMING);
        return stream;
    }

    private void othersHold(long bytes) {
        agent.budget().charge(bytes);
    }

    @Test
    void givesWayAfterFiveSecondsWhileMemoryIsShort() {
        suspendWith(HELD);
        othersHold(BUDGET);

        link.advance(Duration.ofMillis(4_900));
        assertThat(agent.service().closeCause()).isNull();
        link.advance(Duration.ofMillis(600));

        assertThat(agent.service().expectClosed().code()).isEqualTo(ResetCode.STALLED);
        assertThat(caller.heard()).endsWith("closed STALLED by TUNNEL");
        assertThat(agent.budget().used()).isEqualTo(BUDGET);
    }

    @Test
    void keepsWhatItHoldsWhileThereIsMemory() {
        MuxStream stream = suspendWith(HELD);

        link.advance(Duration.ofSeconds(29));

        assertThat(stream.state().isClosed()).isFalse();
        assertThat(agent.budget().used()).isGreaterThanOrEqualTo(HELD);
    }

    @Test
    void losesNothingInAShortLossHoweverShortMemoryIs() {
        MuxStream stream = suspendWith(HELD);
        othersHold(BUDGET);
        link.advance(Duration.ofSeconds(4));

        link.reconnect().complete();
        link.advance(Duration.ofSeconds(10));

        assertThat(stream.state().isClosed()).isFalse();
        assertThat(agent.link().state()).isEqualTo(LinkState.OPEN);
    }

    @Test
    void isLeftAloneWhenItHoldsNextToNothing() {
        MuxStream stream = suspendWith(100);
        othersHold(BUDGET);

        link.advance(Duration.ofSeconds(29));

        assertThat(stream.state().isClosed()).isFalse();
    }
}
