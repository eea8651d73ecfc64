package io.penstock.tunnel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.tunnel.link.Loop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ManualLoopTest {

    private final ManualLoop loop = new ManualLoop();
    private final List<String> ran = new ArrayList<>();

    @Test
    void runsNothingInsideExecute() {
        loop.execute(() -> ran.add("a"));

        assertThat(ran).isEmpty();
        assertThat(loop.runNext()).isTrue();
        assertThat(ran).containsExactly("a");
        assertThat(loop.runNext()).isFalse();
    }

    @Test
    void runsNothingInsideScheduleEvenWithoutDelay() {
        loop.schedule(() -> ran.add("a"), 0);
        loop.runReady();

        assertThat(ran).isEmpty();
        loop.advance(0);
        assertThat(ran).containsExactly("a");
    }

    @Test
    void runsTasksInTheirOrderAndThoseTheyMakeBehind() {
        loop.execute(() -> {
            ran.add("a");
            loop.execute(() -> ran.add("c"));
        });
        loop.execute(() -> ran.add("b"));

        loop.runReady();

        assertThat(ran).containsExactly("a", "b", "c");
    }

    @Test
    void runsTimersByTimeThenByAge() {
        loop.schedule(() -> ran.add("late"), 20);
        loop.schedule(() -> ran.add("early"), 10);
        loop.schedule(() -> ran.add("early too"), 10);

        loop.advance(9);
        assertThat(ran).isEmpty();
        loop.advance(100);

        assertThat(ran).containsExactly("early", "early too", "late");
    }

    @Test
    void showsATimerTheTimeItWasDue() {
        long start = loop.nanoTime();
        List<Long> seen = new ArrayList<>();
        loop.schedule(() -> seen.add(loop.nanoTime() - start), 5);

        loop.advance(50);

        assertThat(seen).containsExactly(5L);
        assertThat(loop.nanoTime() - start).isEqualTo(50);
    }

    @Test
    void runsATimerThatATimerMakes() {
        loop.schedule(() -> loop.schedule(() -> ran.add("second"), 5), 5);

        loop.advance(10);

        assertThat(ran).containsExactly("second");
    }

    @Test
    void tickOnlyMakesReady() {
        loop.schedule(() -> ran.add("a"), 5);

        loop.tick(5);

        assertThat(ran).isEmpty();
        assertThat(loop.hasReady()).isTrue();
    }

    @Test
    void forgetsACancelledTimer() {
        Loop.Timer timer = loop.schedule(() -> ran.add("a"), 5);

        timer.cancel();
        loop.advance(10);

        assertThat(ran).isEmpty();
        assertThat(loop.timerCount()).isZero();
    }

    @Test
    void keepsOrderWhileItsClockWraps() {
        ManualLoop wrapping = new ManualLoop(Long.MAX_VALUE - 5);
        wrapping.schedule(() -> ran.add("after"), 10);
        wrapping.schedule(() -> ran.add("before"), 2);

        wrapping.advance(20);

        assertThat(ran).containsExactly("before", "after");
        assertThat(wrapping.nanoTime()).isNegative();
    }

    @Test
    void failsWhenTasksWakeEachOtherForEver() {
        loop.execute(new Runnable() {
            @Override
            public void run() {
                loop.execute(this);
            }
        });

        assertThatThrownBy(loop::runReady).hasMessageContaining("still busy");
    }

    @Test
    void belongsToTheThreadThatMadeIt() throws InterruptedException {
        List<Boolean> elsewhere = new ArrayList<>();
        Thread other = new Thread(() -> elsewhere.add(loop.isInLoop()));
        other.start();
        other.join();

        assertThat(loop.isInLoop()).isTrue();
        assertThat(elsewhere).containsExactly(false);
    }
}
