package io.penstock.gateway.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.session.GatewayReport.LinkCondition;
import io.penstock.gateway.session.GatewayReport.LinkFigure;
import io.penstock.gateway.session.GatewayReport.Liveness;
import io.penstock.gateway.session.LinkAssignment;
import io.penstock.gateway.testing.Snapshots;
import io.penstock.tunnel.testkit.ManualLoop;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LinkKeeperTest {

    private static final LinkAssignment ONE = Snapshots.link(1);
    private static final LinkAssignment TWO = Snapshots.link(2);
    private static final LinkAssignment THREE = Snapshots.link(3);

    private final ManualLoop loop = new ManualLoop();
    private final FakeDialler dialler = new FakeDialler();
    private final AtomicInteger changes = new AtomicInteger();
    private final LinkKeeper keeper = new LinkKeeper(loop, dialler, changes::incrementAndGet);

    @Test
    void dialsWhatIsMissingAndNothingTwice() {
        keeper.keep(List.of(ONE, TWO));
        keeper.keep(List.of(ONE, TWO));
        keeper.keep(List.of(TWO, ONE, THREE));

        assertThat(dialler.dials).isEqualTo(3);
        assertThat(conditions()).containsOnly(LinkCondition.CONNECTING);
    }

    @Test
    void drainsWhatIsNoLongerListedAndForgetsItWhenItCloses() {
        keeper.keep(List.of(ONE, TWO));
        open(ONE);

        keeper.keep(List.of(TWO));

        assertThat(dialler.link(ONE).drained).isTrue();
        assertThat(keeper.figures()).extracting(LinkFigure::id).containsExactly(TWO.id());
        assertThat(keeper.alive()).isEqualTo(2);
        close(ONE);
        assertThat(keeper.alive()).isEqualTo(1);
    }

    @Test
    void doesNotDialALinkAgainThatStillDrains() {
        keeper.keep(List.of(ONE));
        open(ONE);
        keeper.keep(List.of());

        keeper.keep(List.of(ONE));

        assertThat(dialler.dials).isEqualTo(1);
    }

    @Test
    void reportsAClosedLinkUntilItIsReplacedAndNeverDialsItAgain() {
        keeper.keep(List.of(ONE));
        open(ONE);
        dialler.link(ONE).watcher.onClosed("LINK_LOST", "the relay went away");
        loop.runReady();

        keeper.keep(List.of(ONE));

        assertThat(dialler.dials).isEqualTo(1);
        assertThat(keeper.figures()).singleElement().satisfies(figure -> {
            assertThat(figure.condition()).isEqualTo(LinkCondition.CLOSED);
            assertThat(figure.code()).isEqualTo("LINK_LOST");
            assertThat(figure.detail()).isEqualTo("the relay went away");
        });

        keeper.keep(List.of(TWO));
        assertThat(keeper.figures()).extracting(LinkFigure::id).containsExactly(TWO.id());
        assertThat(dialler.link(ONE).drained).isFalse();
    }

    @Test
    void tellsOfEachChangeOnceAndKeepsTheFirstReason() {
        keeper.keep(List.of(ONE));

        open(ONE);
        open(ONE);
        assertThat(changes).hasValue(1);

        dialler.link(ONE).watcher.onClosed("KEEP_ALIVE_TIMEOUT", "");
        dialler.link(ONE).watcher.onClosed("LINK_LOST", "");
        open(ONE);
        assertThat(changes).hasValue(2);
        assertThat(keeper.figures().get(0).code()).isEqualTo("KEEP_ALIVE_TIMEOUT");
    }

    @Test
    void countsTheNumbersOfOpenLinks() {
        keeper.keep(List.of(ONE, TWO));
        open(ONE);

        assertThat(keeper.totals().listed()).isEqualTo(2);
        assertThat(keeper.totals().open()).isEqualTo(1);
        assertThat(keeper.totals().relayed()).isEqualTo(2);
        assertThat(keeper.totals().saturation()).isEqualTo(0.5);
        assertThat(keeper.figures().get(0).liveness()).isEqualTo(new Liveness(2000, 3));
    }

    @Test
    void closesAllAtTheEnd() {
        keeper.keep(List.of(ONE, TWO));
        keeper.keep(List.of(TWO));

        keeper.closeAll();

        assertThat(dialler.link(ONE).closed).isTrue();
        assertThat(dialler.link(TWO).closed).isTrue();
    }

    private void open(LinkAssignment assignment) {
        dialler.link(assignment).watcher.onOpen();
        loop.runReady();
    }

    private void close(LinkAssignment assignment) {
        dialler.link(assignment).watcher.onClosed("NONE", "drained");
        loop.runReady();
    }

    private List<LinkCondition> conditions() {
        return keeper.figures().stream().map(LinkFigure::condition).toList();
    }
}
