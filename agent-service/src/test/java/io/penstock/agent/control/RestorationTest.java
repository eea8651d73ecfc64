package io.penstock.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.agent.SteppedLoop;
import io.penstock.agent.control.Restoration.Progress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestorationTest {

    private static final long SECOND = 1_000_000_000L;

    private final SteppedLoop loop = new SteppedLoop();
    private int ready;

    private Restoration begun(Duration wait) {
        Restoration restoration = new Restoration(loop, wait, () -> ready++);
        restoration.begin();
        loop.turn();
        return restoration;
    }

    @Test
    void isReadyWithTheFirstSnapshotThatWantsNothing() {
        Restoration restoration = begun(Duration.ofSeconds(5));
        assertThat(ready).isZero();

        restoration.look(Progress.WHOLLY);

        assertThat(ready).isEqualTo(1);
    }

    @Test
    void waitsForTheLinksOfRules() {
        Restoration restoration = begun(Duration.ofSeconds(5));

        restoration.look(Progress.PARTLY);
        loop.advance(5 * SECOND - 1);
        assertThat(ready).isZero();

        restoration.look(Progress.WHOLLY);
        assertThat(ready).isEqualTo(1);
    }

    @Test
    void waitsForNoManagerForLongerThanItMay() {
        begun(Duration.ofSeconds(5));

        loop.advance(5 * SECOND);

        assertThat(ready).isEqualTo(1);
    }

    @Test
    void waitsForNoLinkForLongerThanItMay() {
        Restoration restoration = begun(Duration.ofSeconds(5));
        restoration.look(Progress.PARTLY);

        loop.advance(5 * SECOND);

        assertThat(ready).isEqualTo(1);
    }

    @Test
    void isReadyOnceWhateverComesLater() {
        Restoration restoration = begun(Duration.ofSeconds(5));
        restoration.look(Progress.WHOLLY);

        restoration.look(Progress.PARTLY);
        loop.advance(5 * SECOND);
        restoration.look(Progress.WHOLLY);

        assertThat(ready).isEqualTo(1);
    }

    @Test
    void waitsForNothingWhenToldSo() {
        begun(Duration.ZERO);

        loop.advance(0);

        assertThat(ready).isEqualTo(1);
    }

    @Test
    void isNeverReadyOnceTheProcessStops() {
        Restoration restoration = begun(Duration.ofSeconds(5));

        restoration.stop();
        restoration.look(Progress.WHOLLY);
        loop.advance(5 * SECOND);

        assertThat(ready).isZero();
    }
}
