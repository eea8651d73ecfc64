package io.penstock.tunnel.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.tunnel.link.KeepAlive.Action;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class KeepAliveTest {

    private static final long SECOND = 1_000_000_000L;
    /** A clock that wraps in the middle of every test. */
    private static final long START = Long.MAX_VALUE - 3 * SECOND;

    private final KeepAlive keepAlive = new KeepAlive(KeepAlivePolicy.defaults(), START);

    private static long at(double seconds) {
        return START + (long) (seconds * SECOND);
    }

    private Action tick(double seconds) {
        return keepAlive.tick(at(seconds), 0);
    }

    private boolean pong(double seconds) {
        long now = at(seconds);
        keepAlive.received(now);
        return keepAlive.onPong(keepAlive.nonce(), now);
    }

    @Test
    void asksAtOnceAndThenEveryInterval() {
        assertThat(tick(0)).isEqualTo(Action.SEND_PING);
        assertThat(pong(0.1)).isTrue();
        assertThat(tick(4.9)).isEqualTo(Action.NONE);
        assertThat(tick(5)).isEqualTo(Action.SEND_PING);
        assertThat(keepAlive.nonce()).isEqualTo(2);
    }

    @Test
    void asksOnceUntilItIsAnswered() {
        tick(0);

        assertThat(tick(1)).isEqualTo(Action.NONE);
        keepAlive.received(at(5));
        assertThat(tick(6)).isEqualTo(Action.NONE);
    }

    @Test
    void isSuspectAfterTwoSecondsOfSilence() {
        tick(0);
        tick(1.9);
        assertThat(keepAlive.isSuspect()).isFalse();
        assertThat(tick(2)).isEqualTo(Action.DOUBT);
        assertThat(keepAlive.isSuspect()).isTrue();
        assertThat(tick(2.05)).isEqualTo(Action.NONE);

        pong(2.1);

        assertThat(keepAlive.isSuspect()).isFalse();
    }

    @Test
    void trustsAnotherCarrierOnlyWhenSomethingHasComeOnIt() {
        tick(0);
        tick(2);

        keepAlive.restart(at(20));

        assertThat(keepAlive.isSuspect()).isTrue();
        assertThat(keepAlive.isSilent()).isFalse();
        assertThat(keepAlive.received(at(20.1))).isTrue();
        assertThat(keepAlive.isSuspect()).isFalse();
        assertThat(keepAlive.received(at(20.2))).isFalse();
        assertThat(pong(20.3)).isTrue();
    }

    @Test
    void doubtsAnotherCarrierOnWhichNothingComes() {
        keepAlive.restart(at(20));

        assertThat(tick(21.9)).isEqualTo(Action.NONE);
        assertThat(tick(22)).isEqualTo(Action.DOUBT);
        assertThat(keepAlive.isSilent()).isTrue();
        assertThat(tick(35)).isEqualTo(Action.GIVE_UP);
    }

    @Test
    void isNotSuspectWhileBulkDelaysThePong() {
        tick(0);
        for (int second = 1; second < 14; second++) {
            keepAlive.received(at(second));
            tick(second + 0.9);
            assertThat(keepAlive.isSuspect()).isFalse();
        }

        tick(15);
        assertThat(keepAlive.isSuspect()).isTrue();
    }

    @Test
    void isNotSuspectAnyMoreOnceAByteComesAndStillAwaitsThePong() {
        tick(0);
        tick(2);

        keepAlive.received(at(2.5));

        assertThat(keepAlive.isSuspect()).isFalse();
        tick(4.5);
        assertThat(keepAlive.isSuspect()).isTrue();
        assertThat(pong(4.6)).isTrue();
    }

    @Test
    void givesUpAfterFifteenSecondsWithoutAnyByte() {
        tick(0);
        keepAlive.received(at(3));

        assertThat(tick(5)).isEqualTo(Action.DOUBT);
        assertThat(tick(17.9)).isEqualTo(Action.NONE);
        assertThat(tick(18)).isEqualTo(Action.GIVE_UP);
    }

    @Test
    void asksAtOnceWhenAnOpenWaitsButNotMoreOftenThanThat() {
        tick(0);
        pong(0.1);
        long wait = SECOND;

        assertThat(keepAlive.tick(at(0.5), wait)).isEqualTo(Action.NONE);
        assertThat(keepAlive.tick(at(1), wait - 1)).isEqualTo(Action.NONE);
        assertThat(keepAlive.tick(at(1), wait)).isEqualTo(Action.SEND_PING);
        pong(1.1);
        assertThat(keepAlive.tick(at(1.5), wait)).isEqualTo(Action.NONE);
        assertThat(keepAlive.tick(at(2), wait)).isEqualTo(Action.SEND_PING);
    }

    @Test
    void ignoresAnswersToOtherQuestions() {
        assertThat(keepAlive.onPong(0, START)).isFalse();
        tick(0);

        assertThat(keepAlive.onPong(99, START)).isFalse();
        assertThat(keepAlive.roundTrip()).isZero();
        assertThat(pong(1)).isTrue();
        assertThat(keepAlive.onPong(1, at(1))).isFalse();
    }

    @Test
    void fallsAtOnceAndRisesSlowly() {
        tick(0);
        pong(0.8);
        assertThat(keepAlive.roundTrip()).isEqualTo(800_000_000);
        tick(5);
        pong(5.08);
        assertThat(keepAlive.roundTrip()).isEqualTo(80_000_000);
        tick(10);
        pong(10.88);
        assertThat(keepAlive.roundTrip()).isEqualTo(180_000_000);
    }

    @Test
    void neverMeasuresNothing() {
        tick(0);
        pong(0);

        assertThat(keepAlive.roundTrip()).isEqualTo(1);
    }

    @Test
    void goesOnAskingAndNeverGivesUpWhileHeldBack() {
        tick(0);
        for (int second = 5; second < 60; second += 5) {
            assertThat(keepAlive.tickHeldBack(at(second - 1))).isEqualTo(Action.NONE);
            assertThat(keepAlive.tickHeldBack(at(second))).isEqualTo(Action.SEND_PING);
        }
        assertThat(tick(56)).isEqualTo(Action.NONE);
    }

    @Test
    void refusesAPolicyThatIsDeadBeforeItIsSuspect() {
        assertThatThrownBy(() -> new KeepAlivePolicy(
                        Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(2)))
                .hasMessage("suspectAfter: PT2S (expected: less than deadAfter PT2S)");
    }
}
