package io.penstock.gateway.forward;

import static java.util.Objects.requireNonNull;

import io.penstock.gateway.session.InterceptRule;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.link.Loop;
import io.penstock.tunnel.metrics.InterceptTally;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The allowance of each intercept that the newest snapshot lists.
 *
 * <p><em>Loop-confined</em> to the control loop.
 */
@LoopConfined
final class Allowances {

    private final Loop loop;
    private final InterceptTally tally;
    private final ThrottledTime throttled = new ThrottledTime();
    private Map<String, Allowance> known = Map.of();

    Allowances(Loop loop, InterceptTally tally) {
        this.loop = loop;
        this.tally = tally;
    }

    /** Keeps those whose limits are the same, and begins the others anew. */
    void keep(List<InterceptRule> rules) {
        Map<String, Allowance> next = new HashMap<>();
        for (InterceptRule rule : rules) {
            Allowance old = known.get(rule.id());
            boolean same = old != null && old.limits().equals(rule.limits());
            next.put(rule.id(), same ? old : begin(rule));
        }
        known = next;
    }

    private Allowance begin(InterceptRule rule) {
        String id = rule.id();
        return new Allowance(rule.limits(), () -> tally.of(id).streamsOpen(), throttled, loop.nanoTime());
    }

    /** The allowance of a rule that was kept. */
    Allowance of(InterceptRule rule) {
        return requireNonNull(known.get(rule.id()), rule.id());
    }

    ThrottledTime throttled() {
        return throttled;
    }
}
