package io.penstock.tunnel.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.CloseCause.Initiator;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.testkit.Frames;
import io.penstock.tunnel.testkit.InMemoryLink;
import io.penstock.tunnel.testkit.LinkEnd;
import io.penstock.tunnel.testkit.LinkTerms;
import io.penstock.tunnel.testkit.Reconnection;
import io.penstock.tunnel.testkit.RecordingListener;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LinkResumeTest {

    private static final CloseCause SHUTDOWN = CloseCause.ofLink(ResetCode.SHUTDOWN, Initiator.APPLICATION, "test");
    private static final LinkTerms TERMS = LinkTerms.defaults().resume(Duration.ofSeconds(30));

    private final InMemoryLink link = new InMemoryLink(TERMS, TERMS).start();
    private final LinkEnd agent = link.agent();
    private final LinkEnd gateway = link.gateway();
    private final RecordingListener caller = new RecordingListener().consumeAtOnce();

    @BeforeEach
    void consumeAtOnce() {
        gateway.service().onStream((from, stream) -> {
            stream.accept();
            return gateway.service().record(stream).consumeAtOnce();
        });
    }

    @AfterEach
    void leavesNothingBehind() {
        if (agent.link().state() != LinkState.CLOSED) {
            agent.link().close(SHUTDOWN);
        }
        link.pump();
        link.advance(Duration.ofSeconds(31));
        for (LinkEnd end : List.of(agent, gateway)) {
            end.service().expectClosed();
            assertThat(end.allocator().live()).isZero();
            assertThat(end.budget().used()).isZero();
            assertThat(end.loop().timerCount()).isZero();
            assertThat(end.events().closed()).isEqualTo(end.events().opened());
        }
    }

    private MuxStream open() {
        MuxStream stream = link.open(caller);
        caller.of(stream);
        link.pump();
        return stream;
    }

    private static void say(MuxStream stream, String text) {
        stream.send(Unpooled.copiedBuffer(text, US_ASCII));
    }

    private MuxStream served() {
        return gateway.service().stream(0);
    }

    private String heardByApp() {
        return gateway.service().listener(0).text();
    }

    private void cut() {
        link.cut();
        link.pump();
    }

    // What streams see: nothing.

    @Test
    void goesOnWhereTheOtherEndStands() {
        MuxStream stream = open();
        say(stream, "before ");
        link.pump();
        say(stream, "during ");
        agent.loop().runReady();
        // Cut inside the frame: its first half is there, and must not come again.
        agent.carrier().deliver(10);
        say(served(), "answer");
        gateway.loop().runReady();
        cut();
        say(stream, "after");

        link.reconnect().complete();
        link.pump();

        assertThat(heardByApp()).isEqualTo("before during after");
        assertThat(caller.text()).isEqualTo("answer");
        assertThat(caller.heard()).doesNotContain("closed LINK_LOST by TUNNEL");
        assertThat(agent.link().state()).isEqualTo(LinkState.OPEN);
    }

    @Test
    void goesOnThroughManyCarriers() {
        MuxStream stream = open();
        StringBuilder said = new StringBuilder();
        for (int round = 0; round < 50; round++) {
            String text = "round " + round + ";";
            said.append(text);
            say(stream, text);
            agent.loop().runReady();
            agent.carrier().deliver(round % 17);
            cut();
            link.reconnect().complete();
        }
        link.pump();

        assertThat(heardByApp()).isEqualTo(said.toString());
        assertThat(agent.events().suspended()).isEqualTo(50);
    }

    @Test
    void takesNoNewStreamsMeanwhileAndAsksForACarrier() {
        open();
        cut();

        assertThat(agent.link().state()).isEqualTo(LinkState.RESUMING);
        assertThat(agent.link().canOpen()).isFalse();
        assertThat(agent.link().wantsCarrier()).isTrue();
        assertThat(agent.service().wanted()).containsExactly("cut");

        link.reconnect().complete();
        link.pump();

        assertThat(agent.link().canOpen()).isTrue();
        assertThat(agent.link().wantsCarrier()).isFalse();
    }

    @Test
    void opensAStreamWhoseOpenWasCutOff() {
        MuxStream stream = link.open(caller);
        say(stream, "hello");
        agent.loop().runReady();
        agent.carrier().deliver(5);
        cut();

        link.reconnect().complete();
        link.pump();

        assertThat(heardByApp()).isEqualTo("hello");
        assertThat(caller.heard()).containsExactly("accepted");
    }

    @Test
    void letsAnUnansweredOpenWaitForAnotherCarrier() {
        gateway.service().onStream((from, stream) -> gateway.service().record(stream));
        MuxStream stream = open();
        cut();

        link.advance(Duration.ofSeconds(20));

        assertThat(stream.closeCause()).isNull();
        link.reconnect().complete();
        link.pump();
        assertThat(served().closeCause()).isNull();
        assertThat(stream.closeCause()).isNull();
    }

    // Attempts.

    @Test
    void takesASecondCarrierWithoutWaitingForTheFirst() {
        MuxStream stream = open();
        say(stream, "under way");
        agent.loop().runReady();

        link.reconnect().complete();
        link.pump();

        assertThat(heardByApp()).isEqualTo("under way");
        assertThat(agent.link().state()).isEqualTo(LinkState.OPEN);
        assertThat(gateway.link().state()).isEqualTo(LinkState.OPEN);
    }

    @Test
    void letsTheNewestAttemptWin() {
        MuxStream stream = open();
        cut();
        Reconnection first = link.reconnect().agentBegins().gatewayBegins();
        Reconnection second = link.reconnect().agentBegins().gatewayBegins();

        first.agentHears();
        first.gatewayHears();
        link.pump();
        assertThat(agent.link().state()).isEqualTo(LinkState.RESUMING);
        second.agentHears();
        second.gatewayHears();
        say(stream, "here");
        link.pump();

        assertThat(heardByApp()).isEqualTo("here");
    }

    @Test
    void survivesACarrierThatOnlyOneEndHasSeen() {
        MuxStream stream = open();
        cut();
        Reconnection half = link.reconnect().agentBegins().gatewayBegins();
        half.agentHears();
        say(stream, "lost once");
        agent.loop().runReady();
        half.cut();
        link.pump();

        link.reconnect().complete();
        link.pump();

        assertThat(heardByApp()).isEqualTo("lost once");
    }

    @Test
    void turnsAwayAPeerThatClaimsWhatWasNeverSent() {
        MuxStream stream = open();
        cut();
        CarrierAttempt attempt = agent.link().attempt();

        assertThat(agent.link().faultOf(1_000_000))
                .startsWith("received offset: 1000000 (expected: ")
                .endsWith(", what was sent)");
        agent.link().resume(attempt, agent.carrier(), 1_000_000);

        assertThat(agent.link().state()).isEqualTo(LinkState.RESUMING);
        say(stream, "still here");
        link.reconnect().complete();
        link.pump();
        assertThat(heardByApp()).isEqualTo("still here");
    }

    @Test
    void endsAfterTheGraceHoweverManyCarriersMeetNobody() {
        MuxStream stream = open();
        cut();
        for (int second = 0; second < 29; second++) {
            Reconnection dead = link.reconnect().agentBegins().gatewayBegins();
            dead.agentHears();
            agent.loop().advance(Duration.ofSeconds(1).toNanos());
            dead.cut();
            agent.loop().runReady();
        }
        assertThat(stream.state().isClosed()).isFalse();

        agent.loop().advance(Duration.ofSeconds(2).toNanos());

        assertThat(agent.service().expectClosed().code()).isEqualTo(ResetCode.LINK_LOST);
        assertThat(agent.events().resumed()).isZero();
    }

    @Test
    void opensNothingBeforeTheFarEndHasBeenHeardOnTheNewCarrier() {
        open();
        cut();
        Reconnection parked = link.reconnect().agentBegins().gatewayBegins();

        parked.agentHears();
        assertThat(agent.link().state()).isEqualTo(LinkState.OPEN);
        assertThat(agent.link().canOpen()).isFalse();
        assertThat(agent.link().wantsCarrier()).isFalse();
        assertThat(agent.events().resumed()).isZero();

        parked.gatewayHears();
        link.pump();
        assertThat(agent.link().canOpen()).isTrue();
        assertThat(agent.events().resumed()).isEqualTo(1);
    }

    // Silence.

    @Test
    void asksForAnotherCarrierWhileItsOwnIsSilentAndTakesItBackWhenItSpeaks() {
        open();
        link.advance(Duration.ofSeconds(6));
        agent.loop().advance(Duration.ofSeconds(8).toNanos());
        assertThat(agent.service().wanted()).containsExactly("silent");
        assertThat(agent.link().wantsCarrier()).isTrue();
        assertThat(agent.link().state()).isEqualTo(LinkState.OPEN);

        link.pump();

        assertThat(agent.link().wantsCarrier()).isFalse();
        assertThat(agent.link().canOpen()).isTrue();
    }

    @Test
    void givesUpACarrierThatStaysSilentAndNotTheLink() {
        MuxStream stream = open();
        agent.loop().advance(Duration.ofSeconds(21).toNanos());

        assertThat(agent.link().state()).isEqualTo(LinkState.RESUMING);
        assertThat(stream.state().isClosed()).isFalse();
        assertThat(agent.service().wanted()).containsExactly("silent", "nothing came for PT15S");
    }

    @Test
    void keepsAnOldOpenOverAShortLoss() {
        gateway.service().onStream((from, stream) -> gateway.service().record(stream));
        MuxStream stream = open();
        link.advance(Duration.ofSeconds(20));
        cut();

        link.advance(Duration.ofSeconds(2));
        link.reconnect().complete();
        link.pump();
        served().accept();
        link.pump();

        assertThat(stream.state().isClosed()).isFalse();
        assertThat(caller.heard()).containsExactly("accepted");
    }

    // Ends.

    @Test
    void leavesWithinSecondsWhenTheFarEndDoesNotComeBack() {
        open();
        cut();
        agent.link().leave();

        link.advance(Duration.ofMillis(4_900));
        assertThat(agent.service().closeCause()).isNull();
        link.advance(Duration.ofMillis(200));

        assertThat(agent.service().expectClosed().code()).isEqualTo(ResetCode.LINK_LOST);
    }

    @Test
    void endsAfterTheGrace() {
        MuxStream stream = open();
        cut();

        link.advance(Duration.ofMillis(29_900));
        assertThat(stream.state().isClosed()).isFalse();
        link.advance(Duration.ofMillis(200));

        assertThat(agent.service().expectClosed().code()).isEqualTo(ResetCode.LINK_LOST);
        assertThat(agent.service().expectClosed().detail()).isEqualTo("no carrier for PT30S");
        assertThat(caller.heard()).endsWith("closed LINK_LOST by TUNNEL");
    }

    @Test
    void tellsThePeerThatNoCarrierWillFollow() {
        open();

        agent.link().close(SHUTDOWN);
        link.pump();

        CloseCause heard = gateway.service().expectClosed();
        assertThat(heard.code()).isEqualTo(ResetCode.SHUTDOWN);
        assertThat(heard.initiator()).isEqualTo(Initiator.PEER);
        assertThat(heard.detail()).isEqualTo("test");
        assertThat(gateway.service().listener(0).heard()).endsWith("closed SHUTDOWN by PEER");
    }

    @Test
    void neverLetsACutStreamLookComplete() {
        open();

        agent.link().close(CloseCause.ofLink(ResetCode.NONE, Initiator.APPLICATION, ""));
        link.pump();

        assertThat(gateway.service().listener(0).heard()).endsWith("closed LINK_LOST by PEER");
    }

    // Drain.

    @Test
    void drainsAcrossALossAndDeliversEverything() {
        MuxStream stream = open();
        agent.link().drain(ResetCode.SHUTDOWN);
        say(stream, "last words");
        stream.halfClose();
        agent.loop().runReady();
        cut();
        assertThat(agent.link().state()).isEqualTo(LinkState.RESUMING);

        link.reconnect().complete();
        link.pump();
        assertThat(gateway.link().state()).isEqualTo(LinkState.DRAINING);
        served().halfClose();
        link.pump();

        assertThat(heardByApp()).isEqualTo("last words");
        assertThat(agent.service().expectClosed().code()).isEqualTo(ResetCode.NONE);
        assertThat(gateway.service().expectClosed().code()).isEqualTo(ResetCode.NONE);
    }

    @Test
    void doesNotCloseBeforeItsLastBytesHaveArrived() {
        MuxStream stream = open();
        served().halfClose();
        link.pump();
        agent.link().drain(ResetCode.SHUTDOWN);
        say(stream, "last words");
        stream.halfClose();
        agent.loop().runReady();
        assertThat(agent.link().streamCount()).isZero();

        cut();
        assertThat(agent.link().state()).isEqualTo(LinkState.RESUMING);
        link.reconnect().complete();
        link.pump();

        assertThat(heardByApp()).isEqualTo("last words");
        assertThat(agent.service().expectClosed().code()).isEqualTo(ResetCode.NONE);
    }

    @Test
    void noticesADrainThatWasAskedForMeanwhile() {
        open();
        cut();
        agent.link().drain(ResetCode.SHUTDOWN);
        assertThat(agent.link().state()).isEqualTo(LinkState.RESUMING);
        assertThat(agent.service().isDraining()).isTrue();

        link.reconnect().complete();
        link.pump();

        assertThat(agent.link().state()).isEqualTo(LinkState.DRAINING);
        assertThat(gateway.link().state()).isEqualTo(LinkState.DRAINING);
    }

    @Test
    void endsAtOnceWhenADrainedLinkLosesItsCarrierAndNothingIsMissing() {
        link.advance(Duration.ofSeconds(1));
        cut();

        agent.link().drain(ResetCode.SHUTDOWN);
        link.reconnect().complete();
        link.pump();

        assertThat(agent.service().expectClosed().code()).isEqualTo(ResetCode.NONE);
        assertThat(gateway.service().expectClosed().code()).isEqualTo(ResetCode.NONE);
        assertThat(agent.link().open(Frames.TARGET, caller)).isNull();
    }
}
