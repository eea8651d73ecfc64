package io.penstock.gateway.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.frame.StreamTarget;
import io.penstock.tunnel.relay.DialAttempt;
import io.penstock.tunnel.relay.DialListener;
import io.penstock.tunnel.relay.DialSource;
import io.penstock.tunnel.testkit.ManualLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rows of {@link HeldDial}'s table, with dials that end when and how the test says. */
class TargetHoldTest {

    private static final long MILLI = 1_000_000L;
    private static final long PERIOD = 50 * MILLI;
    private static final StreamTarget ASKED = new StreamTarget("i-1", 8080, "");

    private final ManualLoop loop = new ManualLoop();
    private final HoldBook book = new HoldBook(new HoldLimits(3, 100));
    private final InetSocketAddress target = InetSocketAddress.createUnresolved("app", 3000);
    private final HoldRoom room = book.room(target);
    private final Dials streams = new Dials();
    private final Dials probes = new Dials();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final HoldTicks ticks = new HoldTicks(loop, PERIOD, hold -> {});
    private final List<HeldDial> again = new ArrayList<>();
    private final TargetHold hold = new TargetHold(
            target,
            room,
            new TargetHold.Ways(streams, probes),
            new TargetHold.Terms(loop, 2000 * MILLI, ticks::begin, this::again));

    private void again(HeldDial dial) {
        again.add(dial);
        dial.hold().take(dial);
    }

    @AfterEach
    void countsEveryEndOnce() {
        assertThat(room.bytes()).isGreaterThanOrEqualTo(0);
        assertThat(room.streams()).isBetween(0, 3);
    }

    @Test
    void takesWhatTheTargetTakes() {
        Caller caller = new Caller(1000);

        streams.connect();

        assertThat(caller.heard).containsExactly("connected");
        assertThat(counts()).isEqualTo("0 0 0 0");
    }

    @Test
    void failsAtOnceWhatIsNotRefusedButFails() {
        Caller caller = new Caller(1000);

        streams.fail(ResetCode.DIAL_TIMEOUT);

        assertThat(caller.heard).containsExactly("DIAL_TIMEOUT");
        assertThat(counts()).isEqualTo("0 0 0 0");
    }

    @Test
    void holdsWhatIsRefusedAndProbesWithTheFirst() {
        Caller first = refused(1000);
        Caller second = new Caller(1000);

        loop.advance(PERIOD);

        assertThat(probes.underWay()).isEqualTo(1);
        assertThat(streams.underWay()).as("dials of those who join").isZero();
        probes.connect();
        assertThat(first.heard).containsExactly("connected");
        assertThat(second.heard).isEmpty();
        assertThat(streams.underWay()).isEqualTo(1);
        streams.connect();
        assertThat(second.heard).containsExactly("connected");
        assertThat(counts()).isEqualTo("2 0 0 0");
        assertThat(room.streams()).isZero();
    }

    @Test
    void probesOneAtATimeAndAgainAfterEachPeriod() {
        refused(1000);
        new Caller(1000);
        loop.advance(PERIOD);
        loop.advance(PERIOD);
        assertThat(probes.underWay()).isEqualTo(1);

        probes.fail(ResetCode.APP_REFUSED);
        assertThat(probes.underWay()).isZero();
        loop.advance(PERIOD);

        assertThat(probes.underWay()).isEqualTo(1);
    }

    @Test
    void freesTheOthersInTheirOrder() {
        refused(1000);
        Caller second = new Caller(1000);
        Caller third = new Caller(1000);
        loop.advance(PERIOD);

        probes.connect();
        Caller late = new Caller(1000);
        streams.connect();
        streams.connect();

        assertThat(again).containsExactly(second.dial, third.dial);
        assertThat(second.heard).containsExactly("connected");
        assertThat(third.heard).containsExactly("connected");
        assertThat(late.heard).isEmpty();
    }

    @Test
    void holdsOnWhenTheTargetRefusesOnceMore() {
        refused(1000);
        Caller second = new Caller(1000);
        loop.advance(PERIOD);
        probes.connect();

        streams.fail(ResetCode.APP_REFUSED);
        assertThat(second.heard).isEmpty();
        loop.advance(1000 * MILLI - PERIOD);
        probes.fail(ResetCode.APP_REFUSED);
        loop.advance(PERIOD);

        assertThat(second.heard).as("counted from its first refusal").containsExactly("APP_REFUSED");
        assertThat(counts()).isEqualTo("1 1 0 0");
    }

    @Test
    void refusesWhenTheHoldIsOver() {
        Caller brief = refused(100);
        Caller patient = new Caller(1000);
        loop.advance(PERIOD);
        probes.fail(ResetCode.APP_REFUSED);

        loop.advance(PERIOD);

        assertThat(brief.heard).containsExactly("APP_REFUSED");
        assertThat(patient.heard).isEmpty();
        assertThat(probes.underWay()).as("the next one probes").isEqualTo(1);
        assertThat(counts()).isEqualTo("0 1 0 0");
    }

    @Test
    void letsAProbeEndBeforeItsHoldDoes() {
        Caller only = refused(100);
        loop.advance(2 * PERIOD);
        assertThat(only.heard).isEmpty();

        probes.fail(ResetCode.APP_REFUSED);
        loop.advance(PERIOD);

        assertThat(only.heard).containsExactly("APP_REFUSED");
    }

    @Test
    void freesTheOthersWhenAProbeFailsOtherwise() {
        Caller first = refused(1000);
        new Caller(1000);
        loop.advance(PERIOD);

        probes.fail(ResetCode.DIAL_TIMEOUT);

        assertThat(first.heard).containsExactly("DIAL_TIMEOUT");
        assertThat(streams.underWay()).isEqualTo(1);
    }

    @Test
    void refusesAtOnceWhatHasNoRoom() {
        refused(1000);
        new Caller(1000);
        new Caller(1000);

        Caller fourth = new Caller(1000);
        loop.runReady();

        assertThat(fourth.heard).containsExactly("APP_REFUSED");
        assertThat(room.streams()).isEqualTo(3);
        assertThat(counts()).isEqualTo("0 0 1 0");
    }

    @Test
    void countsTheBytesOfThoseWhoWaitAndRefusesTheOneThatBringsTooMany() {
        Caller first = new Caller(1000);
        first.dial.kept(60);
        streams.fail(ResetCode.APP_REFUSED);
        Caller second = new Caller(1000);
        second.dial.kept(40);
        assertThat(room.bytes()).isEqualTo(100);

        second.dial.kept(1);
        loop.runReady();

        assertThat(second.heard).containsExactly("APP_REFUSED");
        assertThat(first.heard).isEmpty();
        assertThat(room.bytes()).isEqualTo(60);
        first.dial.kept(20);
        first.dial.cancel();
        assertThat(room.bytes()).isZero();
    }

    @Test
    void forgetsCallersThatGo() {
        Caller dialling = new Caller(1000);
        dialling.dial.cancel();
        assertThat(streams.cancelled).isEqualTo(1);
        Caller probing = refused(1000);
        Caller held = new Caller(1000);
        loop.advance(PERIOD);

        held.dial.cancel();
        probing.dial.cancel();

        assertThat(probes.cancelled).isEqualTo(1);
        assertThat(room.streams()).isZero();
        assertThat(counts()).isEqualTo("0 0 0 2");
        loop.advance(PERIOD);
        assertThat(loop.timerCount()).as("nobody waits").isZero();
    }

    @Test
    void shortensTheHoldOfADrainingLink() {
        Caller caller = refused(60_000);
        draining.set(true);
        loop.advance(PERIOD);
        probes.fail(ResetCode.APP_REFUSED);
        loop.advance(1900 * MILLI);
        probes.fail(ResetCode.APP_REFUSED);
        assertThat(caller.heard).isEmpty();

        loop.advance(PERIOD);
        probes.fail(ResetCode.APP_REFUSED);
        assertThat(caller.heard).isEmpty();
        loop.advance(PERIOD);

        assertThat(caller.heard).containsExactly("APP_REFUSED");
    }

    /** A caller whose first dial the target has refused. */
    private Caller refused(long holdMillis) {
        Caller caller = new Caller(holdMillis);
        streams.fail(ResetCode.APP_REFUSED);
        return caller;
    }

    /** How many went through, gave up, had no room, were gone. */
    private String counts() {
        StringBuilder counts = new StringBuilder();
        for (HoldOutcome outcome : HoldOutcome.values()) {
            counts.append(book.count(outcome)).append(' ');
        }
        return counts.toString().strip();
    }

    /** A stream that remembers what it heard. */
    private final class Caller implements DialListener {
        private final List<String> heard = new ArrayList<>();
        private final HeldDial dial;

        Caller(long holdMillis) {
            dial = new HeldDial(this, ASKED, draining::get, Duration.ofMillis(holdMillis));
            hold.take(dial);
        }

        @Override
        public void onConnected(Channel channel) {
            heard.add("connected");
            channel.close();
        }

        @Override
        public void onFailed(ResetCode code, String detail) {
            heard.add(code.name());
        }
    }

    /** Dials in their order. */
    private static final class Dials implements DialSource {
        private final ArrayDeque<DialListener> underWay = new ArrayDeque<>();
        private int cancelled;

        @Override
        public DialAttempt dial(DialListener listener) {
            underWay.add(listener);
            return () -> {
                cancelled++;
                underWay.remove(listener);
            };
        }

        int underWay() {
            return underWay.size();
        }

        void connect() {
            underWay.remove().onConnected(new EmbeddedChannel());
        }

        void fail(ResetCode code) {
            underWay.remove().onFailed(code, "said the test");
        }
    }
}
