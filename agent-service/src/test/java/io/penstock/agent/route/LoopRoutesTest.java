package io.penstock.agent.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.penstock.agent.SteppedLoop;
import io.penstock.agent.StuckCarrier;
import io.penstock.agent.route.RouteDecision.AwaitLink;
import io.penstock.agent.route.RouteDecision.Divert;
import io.penstock.agent.route.RouteDecision.PassThrough;
import io.penstock.agent.route.RouteDecision.Reject;
import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.CloseCause.Initiator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopRoutesTest {

    private static final long SECOND = 1_000_000_000L;
    private static final DivertRule RULE =
            new DivertRule("i-1", "s-1", Set.of(8080), Patience.REJECT, Patience.FAIL_OPEN);

    private static final DivertRule REJECTING =
            new DivertRule("i-1", "s-1", Set.of(8080), Patience.FAIL_OPEN, Patience.REJECT);
    private static final DivertRule HOLDING = new DivertRule(
            "i-1",
            "s-1",
            Set.of(8080),
            Patience.FAIL_OPEN,
            new Patience(Duration.ofSeconds(30), FailurePolicy.FAIL_OPEN));

    private final SteppedLoop loop = new SteppedLoop();
    private final LoopRoutes routes = new LoopRoutes(loop, Duration.ofSeconds(1));
    private final List<RouteDecision> later = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();

    /** A link that keeps what it sends for an acknowledgement that never comes. */
    private Link stuck() {
        Link link = StuckCarrier.link(loop, budget(), true);
        links.add(link);
        return link;
    }

    @AfterEach
    void endLinks() {
        links.forEach(link -> link.close(CloseCause.ofLink(ResetCode.SHUTDOWN, Initiator.APPLICATION, "")));
    }

    @Test
    void passesThroughWithoutARuleForThePort() {
        routes.swap(RouteTable.of(List.of(RULE)));

        assertThat(routes.decide(9090)).isSameAs(RouteDecision.PASS_THROUGH);
    }

    @Test
    void divertsDownTheLinkOfThisLoop() {
        Link link = live();

        assertThat(routes.decide(8080)).isEqualTo(new Divert(link, RULE));
    }

    @Test
    void passesThroughAgainOnceTheRuleIsGone() {
        live();

        routes.swap(RouteTable.EMPTY);

        assertThat(routes.decide(8080)).isSameAs(RouteDecision.PASS_THROUGH);
    }

    @Test
    void waitsForALostLinkAndDivertsWhenItIsBack() {
        lose(live());
        await();
        Link back = stuck();

        routes.linkUp("s-1", back);

        assertThat(later).containsExactly(new Divert(back, RULE));
    }

    @Test
    void failsOpenAfterTheWaitAndAtOnceUntilTheLinkIsBack() {
        lose(live());
        await();

        loop.advance(SECOND);

        assertThat(later).containsExactly(new PassThrough(RULE));
        assertThat(routes.decide(8080)).isEqualTo(new PassThrough(RULE));
        Link back = stuck();
        routes.linkUp("s-1", back);
        assertThat(routes.decide(8080)).isEqualTo(new Divert(back, RULE));
    }

    @Test
    void waitsOnlyFromTheMomentOfTheLoss() {
        lose(live());
        loop.advance(SECOND);

        assertThat(routes.decide(8080)).isEqualTo(new PassThrough(RULE));
    }

    @Test
    void awaitsTheSuccessorOfADrainingLink() {
        Link link = live();
        loop.execute(() -> link.drain(ResetCode.GOING_AWAY));
        loop.turn();

        assertThat(routes.decide(8080)).isEqualTo(new AwaitLink(RULE));
    }

    @Test
    void countsTheWaitForADrainingLinkFromTheFirstThatFindsItSo() {
        Link link = live();
        loop.execute(() -> link.drain(ResetCode.GOING_AWAY));
        loop.advance(5 * SECOND);
        await();

        loop.advance(SECOND / 2);
        lose(link);
        loop.advance(SECOND / 2);

        assertThat(later).containsExactly(new PassThrough(RULE));
    }

    @Test
    void passesThroughAtOnceWhenNothingAnswersOnTheLink() {
        live();
        loop.advance(9 * SECOND);

        assertThat(routes.decide(8080)).isEqualTo(new PassThrough(RULE));
    }

    @Test
    void letsThoseGoThatWaitWhenTheRuleIsLeft() {
        lose(live());
        await();

        routes.swap(RouteTable.EMPTY);

        assertThat(later).containsExactly(RouteDecision.PASS_THROUGH);
    }

    @Test
    void boundsHowManyWait() {
        lose(live());
        for (int i = 0; i < LoopRoutes.MAX_WAITING; i++) {
            assertThat(routes.await(RULE, () -> {})).isTrue();
        }

        assertThat(routes.await(RULE, () -> {})).isFalse();
    }

    @Test
    void doesNotWaitWhenTheWaitIsZero() {
        LoopRoutes impatient = new LoopRoutes(loop, Duration.ZERO);
        impatient.swap(RouteTable.of(List.of(RULE)));

        assertThat(impatient.decide(8080)).isEqualTo(new PassThrough(RULE));
    }

    @Test
    void rejectsAfterTheWaitWhenTheRuleSaysSo() {
        lose(live(REJECTING));
        await(REJECTING);

        loop.advance(SECOND);

        assertThat(later).containsExactly(new Reject(REJECTING));
        assertThat(routes.decide(8080)).isEqualTo(new Reject(REJECTING));
    }

    @Test
    void rejectsAtOnceWhenNothingAnswersOnTheLink() {
        live(REJECTING);
        loop.advance(9 * SECOND);

        assertThat(routes.decide(8080)).isEqualTo(new Reject(REJECTING));
    }

    @Test
    void waitsForAsLongAsTheRuleHoldsCountedFromTheLoss() {
        lose(live(HOLDING));
        loop.advance(20 * SECOND);
        await(HOLDING);
        loop.advance(9 * SECOND);
        await(HOLDING);
        assertThat(later).isEmpty();

        loop.advance(SECOND);

        assertThat(later).containsExactly(new PassThrough(HOLDING), new PassThrough(HOLDING));
        assertThat(routes.decide(8080)).isEqualTo(new PassThrough(HOLDING));
    }

    @Test
    void waitsAnewForALinkThatIsLostAgain() {
        lose(live(HOLDING));
        loop.advance(29 * SECOND);
        await(HOLDING);
        Link back = stuck();
        routes.linkUp("s-1", back);
        assertThat(later).containsExactly(new Divert(back, HOLDING));
        later.clear();
        lose(back);
        await(HOLDING);

        loop.advance(29 * SECOND);
        assertThat(later).as("the end of the first loss's wait changes nothing").isEmpty();
        loop.advance(SECOND);

        assertThat(later).containsExactly(new PassThrough(HOLDING));
    }

    @Test
    void holdsAlsoForALinkOnWhichNothingAnswers() {
        live(HOLDING);
        loop.advance(9 * SECOND);

        await(HOLDING);
        loop.advance(30 * SECOND);

        assertThat(later).containsExactly(new PassThrough(HOLDING));
    }

    @Test
    void letsThoseGoThatWaitForASilentLinkWhenItAnswersAgain() {
        Link link = live(HOLDING);
        loop.advance(9 * SECOND);
        await(HOLDING);

        link.onBytes(Unpooled.EMPTY_BUFFER);
        loop.advance(SECOND);

        assertThat(later).containsExactly(new Divert(link, HOLDING));
    }

    @Test
    void givesEachRuleOfASessionItsOwnWait() {
        DivertRule other = new DivertRule("i-2", "s-1", Set.of(9090), Patience.FAIL_OPEN, Patience.FAIL_OPEN);
        Link link = stuck();
        routes.swap(RouteTable.of(List.of(HOLDING, other)));
        routes.linkUp("s-1", link);
        lose(link);
        await(HOLDING);
        assertThat(routes.decide(9090)).isEqualTo(new AwaitLink(other));
        assertThat(routes.await(other, () -> later.add(routes.decide(9090)))).isTrue();

        loop.advance(SECOND);

        assertThat(later).containsExactly(new AwaitLink(HOLDING), new PassThrough(other));
    }

    @Test
    void sendsThoseWhoAreTooManyWhereTheWaitEnds() {
        assertThat(routes.afterTheWait(REJECTING)).isEqualTo(new Reject(REJECTING));
        assertThat(routes.afterTheWait(HOLDING)).isEqualTo(new PassThrough(HOLDING));
    }

    @Test
    void givesAPortToTheFirstOfTwoRules() {
        DivertRule second = new DivertRule("i-2", "s-2", Set.of(8080, 9090), Patience.REJECT, Patience.FAIL_OPEN);

        RouteTable table = RouteTable.of(List.of(RULE, second));

        assertThat(table.ruleFor(8080)).isEqualTo(RULE);
        assertThat(table.ruleFor(9090)).isEqualTo(second);
    }

    private Link live() {
        return live(RULE);
    }

    private Link live(DivertRule rule) {
        Link link = stuck();
        routes.swap(RouteTable.of(List.of(rule)));
        routes.linkUp("s-1", link);
        return link;
    }

    private void lose(Link link) {
        link.onCarrierLost("cut");
        routes.linkDown("s-1", link);
    }

    private void await() {
        await(RULE);
    }

    private void await(DivertRule rule) {
        assertThat(routes.decide(8080)).isEqualTo(new AwaitLink(rule));
        assertThat(routes.await(rule, () -> later.add(routes.decide(8080)))).isTrue();
    }

    private static MemoryBudget budget() {
        return new MemoryBudget(1 << 20);
    }
}
