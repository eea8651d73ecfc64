package io.penstock.manager.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.manager.agent.AgentId;
import io.penstock.manager.keep.Kept;
import io.penstock.manager.pairing.LinkAssignment.Ends;
import io.penstock.manager.pairing.LinkAssignment.Way;
import io.penstock.manager.report.LinkCondition;
import io.penstock.manager.report.LinkFigure;
import io.penstock.manager.session.Route;
import io.penstock.manager.session.SessionId;
import io.penstock.tunnel.link.LinkId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LinkPlanTest {
    private static final Ends ENDS = new Ends(new AgentId("agent-0001"), new SessionId("s-1"));
    private static final WantedLinks WANTED = new WantedLinks(ENDS, 2, Way.RELAY);

    private long ids;
    private Instant now = Instant.EPOCH;
    private final LinkPlan plan = new LinkPlan(
            new ReplacementPolicy(
                    Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(60)),
            () -> new LinkId(0, ++ids),
            new Kept<>(LinkAssignment::lasting));

    private List<LinkAssignment> reconcile(WantedLinks... wanted) {
        plan.reconcile(List.of(wanted), now, now);
        return plan.assignments(ends -> true);
    }

    private void says(LinkAssignment link, LinkCondition condition) {
        plan.reported(Map.of(link.id(), new LinkFigure(condition, "LINK_LOST", 0, 0, 0)), now);
    }

    /** How long slot 0 waits for its replacement once its link closed. */
    private Duration waitAfterLoss() {
        says(reconcile(WANTED).get(0), LinkCondition.CLOSED);
        Instant lost = now;
        while (reconcile(WANTED).size() < 2) {
            now = now.plusMillis(50);
        }
        return Duration.between(lost, now);
    }

    @Test
    void givesEachSlotOneLinkAndKeepsIt() {
        List<LinkAssignment> first = reconcile(WANTED);

        assertThat(first).extracting(LinkAssignment::slot).containsExactly(0, 1);
        assertThat(first).allMatch(link -> link.expiresAt().equals(now.plusSeconds(60)));
        assertThat(reconcile(WANTED)).isEqualTo(first);
    }

    @Test
    void renewsTokensAtHalfOfTheirLifeAndNothingElse() {
        List<LinkAssignment> first = reconcile(WANTED);
        now = now.plusSeconds(29);
        assertThat(reconcile(WANTED)).isEqualTo(first);
        now = now.plusSeconds(1);

        List<LinkAssignment> renewed = reconcile(WANTED);

        assertThat(renewed).allMatch(link -> link.expiresAt().equals(now.plusSeconds(60)));
        assertThat(renewed).extracting(LinkAssignment::id).isEqualTo(List.of(new LinkId(0, 1), new LinkId(0, 2)));
    }

    @Test
    void keepsALinkThatIsWithoutACarrier() {
        List<LinkAssignment> first = reconcile(WANTED);
        says(first.get(0), LinkCondition.RESUMING);

        assertThat(reconcile(WANTED)).isEqualTo(first);
    }

    @Test
    void replacesAClosedLinkUnderANewIdAfterAWaitThatDoubles() {
        Instant begin = now;

        assertThat(waitAfterLoss()).isEqualTo(Duration.ofMillis(100));
        assertThat(waitAfterLoss()).isEqualTo(Duration.ofMillis(200));
        assertThat(waitAfterLoss()).isEqualTo(Duration.ofMillis(400));
        assertThat(waitAfterLoss()).isEqualTo(Duration.ofMillis(800));
        assertThat(waitAfterLoss()).isEqualTo(Duration.ofMillis(1600));
        assertThat(waitAfterLoss()).isEqualTo(Duration.ofSeconds(2));
        assertThat(waitAfterLoss()).isEqualTo(Duration.ofSeconds(2));
        assertThat(plan.replaced()).isEqualTo(7);
        assertThat(begin).isBefore(now);
    }

    @Test
    void startsAgainAtTheShortestWaitAfterALinkThatWasOpenLongEnough() {
        waitAfterLoss();
        waitAfterLoss();
        says(reconcile(WANTED).get(0), LinkCondition.OPEN);
        now = now.plusSeconds(10);
        says(reconcile(WANTED).get(0), LinkCondition.OPEN);

        assertThat(waitAfterLoss()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void ignoresWhatIsSaidOfALinkThatIsNoLongerCurrent() {
        LinkAssignment lost = reconcile(WANTED).get(0);
        says(lost, LinkCondition.CLOSED);
        now = now.plusMillis(100);
        List<LinkAssignment> replaced = reconcile(WANTED);

        says(lost, LinkCondition.CLOSED);

        assertThat(reconcile(WANTED)).isEqualTo(replaced).doesNotContain(lost);
        assertThat(plan.replaced()).isEqualTo(1);
    }

    @Test
    void withdrawsWhatIsNotWantedAndStartsAnewWhenTheWayChanges() {
        List<LinkAssignment> first = reconcile(WANTED);
        List<LinkAssignment> direct =
                reconcile(new WantedLinks(ENDS, 2, new Way(Route.DIRECT, "10.0.0.1:7071", false)));

        assertThat(direct).hasSize(2).doesNotContainAnyElementsOf(first);
        assertThat(reconcile()).isEmpty();
        assertThat(plan.size()).isZero();
    }
}
