package io.penstock.gateway.forward;

import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.link.Loop;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The timer of one loop's holds, which runs while any stream waits.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class HoldTicks {

    private final Loop loop;
    private final long periodNanos;
    private final Consumer<TargetHold> review;
    private final Set<TargetHold> busy = new LinkedHashSet<>();
    private boolean running;

    /** @param review looks at each hold before its tick: those who wait there may have to wait elsewhere */
    HoldTicks(Loop loop, long periodNanos, Consumer<TargetHold> review) {
        this.loop = loop;
        this.periodNanos = periodNanos;
        this.review = review;
    }

    /** Somebody waits in the hold. */
    void begin(TargetHold hold) {
        busy.add(hold);
        if (!running) {
            running = true;
            loop.schedule(this::tick, periodNanos);
        }
    }

    private void tick() {
        for (TargetHold hold : List.copyOf(busy)) {
            review.accept(hold);
            hold.tick();
        }
        busy.removeIf(TargetHold::isEmpty);
        running = !busy.isEmpty();
        if (running) {
            loop.schedule(this::tick, periodNanos);
        }
    }
}
