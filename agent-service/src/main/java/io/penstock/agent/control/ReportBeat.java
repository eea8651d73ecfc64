package io.penstock.agent.control;

import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.link.Loop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When reports go out: each interval, and soon after a change, several changes of one moment together.
 *
 * <p><em>Loop-confined</em>: the control loop.
 */
@LoopConfined
final class ReportBeat {

    /** Between asking the links for their numbers and reporting them; changes within it share a report. */
    private static final Duration GATHERING = Duration.ofMillis(10);

    private final ControlTerms terms;
    private @Nullable AgentReconciler reconciler;
    private @Nullable AttachCall call;
    private Loop.@Nullable Timer beat;
    private boolean gathering;

    ReportBeat(ControlTerms terms) {
        this.terms = terms;
    }

    /** Reports on that call from now on; a snapshot has just been applied. */
    void on(AgentReconciler of, AttachCall to) {
        reconciler = of;
        call = to;
        if (beat == null) {
            tick();
        }
    }

    void stop() {
        call = null;
        if (beat != null) {
            beat.cancel();
            beat = null;
        }
    }

    /** Something changed. */
    void soon() {
        if (call != null && reconciler != null && !gathering) {
            gathering = true;
            reconciler.refreshStats();
            terms.control().schedule(this::send, GATHERING.toNanos());
        }
    }

    private void tick() {
        Duration interval = reconciler == null
                ? Duration.ofSeconds(5)
                : reconciler.newest().map(AgentSnapshot::reportInterval).orElse(Duration.ofSeconds(5));
        beat = terms.control().schedule(this::tick, interval.toNanos());
        soon();
    }

    private void send() {
        gathering = false;
        AgentReconciler of = reconciler;
        AttachCall to = call;
        if (of != null && to != null) {
            of.newest().ifPresent(snapshot -> to.report(new ReportWriter(of, terms.tally()).write(snapshot)));
        }
    }
}
