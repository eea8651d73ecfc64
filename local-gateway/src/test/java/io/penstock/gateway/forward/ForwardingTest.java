package io.penstock.gateway.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.session.InterceptRule;
import io.penstock.gateway.session.InterceptState;
import io.penstock.gateway.testing.Snapshots;
import io.penstock.tunnel.address.HostPort;
import io.penstock.tunnel.metrics.InterceptTally;
import io.penstock.tunnel.testkit.ManualLoop;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ForwardingTest {

    private static final InterceptRule BY_NAME = rule("i-1", "api:3000");
    private static final InterceptRule BY_ADDRESS = rule("i-2", "127.0.0.1:3001");

    private final ManualLoop loop = new ManualLoop();
    private final FakeNames names = new FakeNames();
    private final AtomicReference<TargetTable> served = new AtomicReference<>(TargetTable.EMPTY);
    private final Forwarding forwarding = new Forwarding(
            loop,
            new LinkKeeper(loop, new FakeDialler(), () -> {}),
            new InterceptTally(),
            names.lookup(),
            new HoldBook(new HoldLimits(1, 1)),
            served::set);

    @Test
    void servesWhatNeedsNoNameServiceWhileANameIsLookedUp() throws UnknownHostException {
        names.set("api", "10.0.0.7");

        forwarding.apply(Snapshots.of("e", 1, BY_NAME, BY_ADDRESS));

        assertThat(address("i-2")).contains(at("127.0.0.1", 3001));
        assertThat(address("i-1")).isEmpty();
        assertThat(forwarding.figure(BY_NAME).live()).isFalse();
        answer();
        assertThat(address("i-1")).contains(at("10.0.0.7", 3000));
        assertThat(forwarding.figure(BY_NAME).live()).isTrue();
    }

    @Test
    void servesANameAtOnceThatWasFoundBefore() throws UnknownHostException {
        forwarding.expect(new HostPort("api", 3000), List.of(at("10.0.0.7", 3000)));

        forwarding.apply(Snapshots.of("e", 1, BY_NAME));

        assertThat(address("i-1")).contains(at("10.0.0.7", 3000));
        assertThat(forwarding.figure(BY_NAME).live()).isTrue();
        names.set("api", "10.0.0.8");
        answer();
        assertThat(address("i-1")).contains(at("10.0.0.8", 3000));
    }

    @Test
    void forgetsWhatWasFoundAndNeverBecameATarget() {
        forwarding.expect(new HostPort("api", 3000), List.of(at("10.0.0.7", 3000)));

        loop.advance(TargetAddresses.KEPT.toNanos());
        forwarding.apply(Snapshots.of("e", 1, BY_NAME));

        assertThat(address("i-1")).isEmpty();
    }

    @Test
    void servesATargetThatSomebodyElseFound() {
        forwarding.apply(Snapshots.of("e", 1, BY_NAME));
        answer();

        forwarding.expect(new HostPort("api", 3000), List.of(at("10.0.0.7", 3000)));

        assertThat(address("i-1")).contains(at("10.0.0.7", 3000));
    }

    @Test
    void followsANameThatMoves() throws UnknownHostException {
        names.set("api", "10.0.0.7");
        forwarding.apply(Snapshots.of("e", 1, BY_NAME));
        answer();

        names.set("api", "10.0.0.8");
        askAgain();
        assertThat(address("i-1")).contains(at("10.0.0.8", 3000));
    }

    @Test
    void staysWhereItWasWhileNobodyAnswersForAMoment() throws UnknownHostException {
        names.set("api", "10.0.0.7");
        forwarding.apply(Snapshots.of("e", 1, BY_NAME));
        answer();
        TargetTable before = served();

        names.forget("api");
        askAgainFor(TargetAddresses.KEPT);
        assertThat(served()).isSameAs(before);
        assertThat(forwarding.figure(BY_NAME).live()).isTrue();

        names.set("api", "10.0.0.7");
        askAgain();
        names.forget("api");
        askAgainFor(TargetAddresses.KEPT);
        assertThat(served()).isSameAs(before);
    }

    @Test
    void hasNoAddressWhenNobodyAnsweredForLong() throws UnknownHostException {
        names.set("api", "10.0.0.7");
        forwarding.apply(Snapshots.of("e", 1, BY_NAME));
        answer();

        names.forget("api");
        askAgainFor(TargetAddresses.KEPT);
        askAgain();
        assertThat(address("i-1")).isEmpty();
        assertThat(served().find("i-1", 8080)).isPresent();
        assertThat(forwarding.figure(BY_NAME).live()).isFalse();

        names.set("api", "10.0.0.9");
        askAgain();
        assertThat(address("i-1")).contains(at("10.0.0.9", 3000));
    }

    @Test
    void staysWithAnAddressThatIsStillAmongTheAnswers() throws UnknownHostException {
        names.set("api", "10.0.0.7", "10.0.0.8");
        forwarding.apply(Snapshots.of("e", 1, BY_NAME));
        answer();
        TargetTable before = served();

        names.set("api", "10.0.0.8", "10.0.0.7");
        askAgain();

        assertThat(served()).isSameAs(before);
    }

    @Test
    void asksForEachNameOnceAtATimeAndNotForThoseThatAreNoTargets() throws UnknownHostException {
        names.set("api", "10.0.0.7");
        forwarding.apply(Snapshots.of("e", 1, BY_NAME));
        forwarding.apply(Snapshots.of("e", 2, BY_NAME, BY_ADDRESS));
        assertThat(names.questions).isEqualTo(1);

        forwarding.apply(Snapshots.of("e", 3, BY_ADDRESS));
        forwarding.apply(Snapshots.of("e", 4, BY_NAME, BY_ADDRESS));
        answer();
        askAgain();

        // One more for the second time that it became a target, and one for the second look; none from its first time.
        assertThat(names.questions).isEqualTo(3);
        assertThat(loop.timerCount()).isEqualTo(1);
    }

    private void answer() {
        names.answer();
        loop.runReady();
    }

    private void askAgain() {
        loop.advance(TargetAddresses.AGAIN.toNanos());
        answer();
    }

    /** Fails again and again, from the first time on for almost that long. */
    private void askAgainFor(Duration time) {
        for (long at = 0; at < time.toNanos(); at += TargetAddresses.AGAIN.toNanos()) {
            askAgain();
        }
    }

    private Optional<InetSocketAddress> address(String intercept) {
        return served().find(intercept, 8080).map(TargetTable.Target::address);
    }

    private TargetTable served() {
        return Objects.requireNonNull(served.get());
    }

    private static InetSocketAddress at(String host, int port) {
        return new HostPort(host, port).resolve();
    }

    private static InterceptRule rule(String id, String target) {
        return Snapshots.rule(id, InterceptState.ACTIVE, target);
    }
}
