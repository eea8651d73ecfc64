package io.penstock.agent.divert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.agent.Callers;
import io.penstock.agent.FakeGateway.Unanswered;
import io.penstock.agent.StuckCarrier;
import io.penstock.agent.route.FailurePolicy;
import io.penstock.agent.route.Patience;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.link.Link;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class DivertedConnectionTest {

    private final DivertTester tester = new DivertTester();

    @AfterEach
    void everyKeptByteIsGivenBack() throws Exception {
        tester.eventually(() -> tester.counts.open() == 0);
        tester.close();
        assertThat(tester.budget.used()).isZero();
    }

    @Test
    void passesThroughWithoutARule() throws Exception {
        assertThat(Callers.ask(tester.port, "hello")).isEqualTo("original:hello");
        assertThat(tester.counts.passedThrough()).isEqualTo(1);
    }

    @Test
    void divertsWithHalfCloseEachWay() throws Exception {
        tester.divert(FailurePolicy.FAIL_OPEN);

        assertThat(Callers.ask(tester.port, "hello")).isEqualTo("developed:hello");
        assertThat(tester.counts.diverted()).isEqualTo(1);
        assertThat(tester.budget.used()).isLessThan(2048);
    }

    @Test
    void letsTheAppSpeakFirst() throws Exception {
        tester.divert(FailurePolicy.FAIL_OPEN);

        try (Socket caller = Callers.dial(tester.port)) {
            assertThat(caller.getInputStream().readNBytes(10)).isEqualTo("developed:".getBytes(UTF_8));
        }
    }

    /** Every code that can end an OPENING stream, under both policies. */
    static Stream<Arguments> outcomes() {
        Set<ResetCode> codes = EnumSet.allOf(ResetCode.class);
        codes.remove(ResetCode.NONE);
        return codes.stream()
                .flatMap(code -> Arrays.stream(FailurePolicy.values()).map(policy -> Arguments.of(code, policy)));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void failsOpenOnlyWhenSurelyNobodyReadIt(ResetCode code, FailurePolicy policy) throws Exception {
        tester.divert(policy);
        tester.gateway.refuses(code);

        boolean left = code == ResetCode.GOING_AWAY || code == ResetCode.UNKNOWN_TARGET;
        boolean failsOpen = code.reachedNobody() && (policy == FailurePolicy.FAIL_OPEN || left);
        if (failsOpen) {
            assertThat(Callers.ask(tester.port, "post")).isEqualTo("original:post");
        } else {
            assertReset("post");
        }

        assertThat(tester.counts.failedOpen()).isEqualTo(failsOpen ? 1 : 0);
        assertThat(tester.tally.of("i-1").connectionsFailedOpen()).isEqualTo(failsOpen ? 1 : 0);
        assertThat(tester.counts.rejected()).isEqualTo(failsOpen ? 0 : 1);
    }

    @Test
    void replaysEveryByteInOrderAfterTheWindowWasFull() throws Exception {
        tester.divert(FailurePolicy.FAIL_OPEN);
        tester.gateway.waits();
        byte[] body = new byte[1 << 20];
        new Random(7).nextBytes(body);
        try (Socket caller = Callers.dial(tester.port)) {
            Thread writer = new Thread(() -> write(caller, body));
            writer.start();
            Unanswered stream = tester.gateway.nextUnanswered();
            stream.awaitBytes(64 * 1024);

            stream.reset(ResetCode.APP_REFUSED);

            byte[] answer = caller.getInputStream().readAllBytes();
            writer.join();
            assertThat(new String(answer, 0, 9, UTF_8)).isEqualTo("original:");
            assertThat(Arrays.copyOfRange(answer, 9, answer.length)).isEqualTo(body);
            assertThat(stream.received()).isEqualTo(64 * 1024);
        }
    }

    @Test
    void keepsAtMostTheFirstWindowAndOneRead() throws Exception {
        tester.divert(FailurePolicy.FAIL_OPEN);
        tester.gateway.waits();
        try (Socket caller = Callers.dial(tester.port)) {
            Thread writer = new Thread(() -> write(caller, new byte[4 << 20]));
            writer.start();
            Unanswered stream = tester.gateway.nextUnanswered();
            stream.awaitBytes(64 * 1024);

            tester.eventually(() -> true);
            assertThat(tester.budget.used()).isLessThan(4 * 128 * 1024);

            stream.reset(ResetCode.CONNECTION_RESET);
            writer.join();
        }
    }

    @Test
    void keepsTheHalfCloseForTheOriginalApp() throws Exception {
        tester.divert(FailurePolicy.FAIL_OPEN);
        tester.gateway.waits();
        try (Socket caller = Callers.dial(tester.port)) {
            Callers.say(caller, "first".getBytes(UTF_8));
            caller.shutdownOutput();
            Unanswered stream = tester.gateway.nextUnanswered();
            stream.awaitBytes(5);

            stream.reset(ResetCode.DIAL_FAILED);

            assertThat(caller.getInputStream().readAllBytes()).isEqualTo("original:first".getBytes(UTF_8));
        }
    }

    @Test
    void resetsTheStreamWhenTheCallerGoesFirst() throws Exception {
        tester.divert(FailurePolicy.FAIL_OPEN);
        tester.gateway.waits();
        Socket caller = Callers.dial(tester.port);
        Callers.say(caller, "nothing".getBytes(UTF_8));
        Unanswered stream = tester.gateway.nextUnanswered();
        stream.awaitBytes(7);

        caller.setSoLinger(true, 0);
        caller.close();

        tester.eventually(() -> tester.tally.of("i-1").streamsOpen() == 0);
        assertThat(tester.tally.of("i-1").streamsClosed()).containsOnlyKeys(ResetCode.CONNECTION_RESET);
        assertThat(tester.counts.failedOpen()).isZero();
    }

    @Test
    void resetsTheCallerWhenTheLinkEndsAfterTheOpenLeft() throws Exception {
        tester.divert(FailurePolicy.FAIL_OPEN);
        tester.gateway.waits();
        try (Socket caller = Callers.dial(tester.port)) {
            Callers.say(caller, "post".getBytes(UTF_8));
            tester.gateway.nextUnanswered().awaitBytes(4);

            tester.gateway.close();

            assertThatThrownBy(() -> caller.getInputStream().read()).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(FailurePolicy.class)
    void asksThePolicyWhenTheLinkEndsBeforeTheOpenLeft(FailurePolicy policy) throws Exception {
        Link[] link = new Link[1];
        tester.onLoop(() -> link[0] = StuckCarrier.link(tester.loop(), tester.budget, false));
        tester.divertDown(link[0], Patience.FAIL_OPEN, Patience.of(policy));
        try (Socket caller = Callers.dial(tester.port)) {
            Callers.say(caller, "post".getBytes(UTF_8));
            tester.eventually(() -> link[0].streamCount() == 1 && tester.budget.used() >= 8);

            tester.onLoop(() -> link[0].onCarrierLost("cut"));

            if (policy == FailurePolicy.FAIL_OPEN) {
                caller.shutdownOutput();
                assertThat(caller.getInputStream().readAllBytes()).isEqualTo("original:post".getBytes(UTF_8));
            } else {
                assertThatThrownBy(() -> caller.getInputStream().read()).isInstanceOf(IOException.class);
            }
        }
    }

    /** The link is there, so it is no matter of a lost gateway, and nobody waits for one. */
    @ParameterizedTest
    @EnumSource(FailurePolicy.class)
    void asksWhatIsSaidOfTheAppWhenThereIsNoMemoryForAStream(FailurePolicy policy) throws Exception {
        FailurePolicy other = policy == FailurePolicy.REJECT ? FailurePolicy.FAIL_OPEN : FailurePolicy.REJECT;
        Duration hold = Duration.ofSeconds(20);
        tester.divert(new Patience(hold, policy), new Patience(hold, other));
        long tooMuch = tester.budget.limit() + 1;
        tester.budget.charge(tooMuch);
        try {
            if (policy == FailurePolicy.FAIL_OPEN) {
                assertThat(Callers.ask(tester.port, "post")).isEqualTo("original:post");
            } else {
                assertReset("post");
            }
        } finally {
            tester.budget.release(tooMuch);
        }

        assertThat(tester.counts.failedOpen()).isEqualTo(policy == FailurePolicy.FAIL_OPEN ? 1 : 0);
        assertThat(tester.counts.rejected()).isEqualTo(policy == FailurePolicy.REJECT ? 1 : 0);
        assertThat(tester.counts.linkWaits()).isZero();
    }

    @Test
    void waitsForALostLinkAndThenFailsOpen() throws Exception {
        Link link = tester.divert(FailurePolicy.FAIL_OPEN);
        tester.onLoop(() -> link.onCarrierLost("cut"));

        assertThat(Callers.ask(tester.port, "hello")).isEqualTo("original:hello");
        assertThat(tester.counts.linkWaits()).isEqualTo(1);
        assertThat(tester.counts.failedOpen()).isEqualTo(1);
    }

    @Test
    void waitsForALostLinkAndThenRejects() throws Exception {
        Link link = tester.divert(Patience.FAIL_OPEN, Patience.REJECT);
        tester.onLoop(() -> link.onCarrierLost("cut"));

        assertReset("hello");

        assertThat(tester.counts.linkWaits()).isEqualTo(1);
        assertThat(tester.counts.rejected()).isEqualTo(1);
        assertThat(tester.counts.passedThrough()).isZero();
    }

    @Test
    void rejectsWhatADrainingLinkTurnsAwayWhileTheRuleIsInForce() throws Exception {
        tester.divert(Patience.FAIL_OPEN, Patience.REJECT);
        tester.gateway.refuses(ResetCode.GOING_AWAY);

        assertReset("hello");

        assertThat(tester.counts.passedThrough()).isZero();
    }

    @Test
    void waitsForAnotherLinkWithWhatADrainingOneTurnedAway() throws Exception {
        Patience holding = new Patience(Duration.ofSeconds(20), FailurePolicy.REJECT);
        Link link = tester.divert(Patience.FAIL_OPEN, holding);
        tester.gateway.waits();
        try (Socket caller = Callers.dial(tester.port)) {
            Callers.say(caller, "hello".getBytes(UTF_8));
            caller.shutdownOutput();
            Unanswered stream = tester.gateway.nextUnanswered();
            stream.awaitBytes(5);
            tester.onLoop(() -> link.drain(ResetCode.GOING_AWAY));

            stream.reset(ResetCode.GOING_AWAY);
            tester.eventually(() -> tester.counts.linkWaits() == 1);
            tester.gateway.dials(tester.developed.address());
            tester.divert(Patience.FAIL_OPEN, holding);

            assertThat(caller.getInputStream().readAllBytes()).isEqualTo("developed:hello".getBytes(UTF_8));
        }
    }

    @Test
    void divertsThoseWhoWaitedOnceALinkIsBack() throws Exception {
        Link link = tester.divert(FailurePolicy.FAIL_OPEN);
        tester.onLoop(() -> link.onCarrierLost("cut"));
        try (Socket caller = Callers.dial(tester.port)) {
            Callers.say(caller, "hello".getBytes(UTF_8));
            caller.shutdownOutput();
            tester.eventually(() -> tester.counts.linkWaits() == 1);

            tester.divert(FailurePolicy.FAIL_OPEN);

            assertThat(caller.getInputStream().readAllBytes()).isEqualTo("developed:hello".getBytes(UTF_8));
        }
    }

    @Test
    void resetsTheCallerWhenTheOriginalAppIsNotThere() throws Exception {
        tester.original.close();

        assertReset("hello");
    }

    @Test
    void answersAStormOfCallersThatAreAllRefused() throws Exception {
        tester.divert(FailurePolicy.FAIL_OPEN);
        tester.gateway.refuses(ResetCode.APP_REFUSED);

        for (int i = 0; i < 200; i++) {
            assertThat(Callers.ask(tester.port, "n" + i)).isEqualTo("original:n" + i);
        }

        assertThat(tester.counts.failedOpen()).isEqualTo(200);
    }

    private void assertReset(String words) throws IOException {
        try (Socket caller = Callers.dial(tester.port)) {
            assertThatThrownBy(() -> {
                        Callers.say(caller, words.getBytes(UTF_8));
                        caller.getInputStream().readNBytes(1000);
                        Callers.say(caller, words.getBytes(UTF_8));
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    private static void write(Socket caller, byte[] body) {
        try {
            Callers.say(caller, body);
            caller.shutdownOutput();
        } catch (IOException e) {
            // The test has reset it.
        }
    }
}
