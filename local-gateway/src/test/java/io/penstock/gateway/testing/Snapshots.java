package io.penstock.gateway.testing;

import io.penstock.gateway.session.ControlSnapshot;
import io.penstock.gateway.session.InterceptRule;
import io.penstock.gateway.session.InterceptState;
import io.penstock.gateway.session.LinkAssignment;
import io.penstock.gateway.session.RefusalPolicy;
import io.penstock.gateway.session.Route;
import io.penstock.gateway.session.TrafficLimits;
import io.penstock.tunnel.link.LinkId;
import java.time.Duration;
import java.util.List;

/** Snapshots in one line. <em>Immutable</em>. */
public final class Snapshots {

    private Snapshots() {}

    public static ControlSnapshot of(String epoch, long revision, InterceptRule... rules) {
        return new ControlSnapshot(epoch, revision, List.of(rules), List.of(), Duration.ofSeconds(5));
    }

    public static InterceptRule rule(String id, InterceptState state, String target) {
        return new InterceptRule(
                id,
                "name-" + id,
                "shop/checkout",
                List.of(new InterceptRule.Port(8080, target)),
                new InterceptRule.Standing(state, ""),
                new RefusalPolicy(Duration.ZERO, "FAIL_OPEN"),
                TrafficLimits.NONE);
    }

    /** The same rule, whose streams wait for so long when the target refuses them. */
    public static InterceptRule holding(InterceptRule rule, Duration hold) {
        return new InterceptRule(
                rule.id(),
                rule.name(),
                rule.workload(),
                rule.ports(),
                rule.standing(),
                new RefusalPolicy(hold, "FAIL_OPEN"),
                rule.limits());
    }

    /** The same rule, which may carry only so much. */
    public static InterceptRule limited(InterceptRule rule, TrafficLimits limits) {
        return new InterceptRule(
                rule.id(), rule.name(), rule.workload(), rule.ports(), rule.standing(), rule.onAppRefused(), limits);
    }

    public static LinkAssignment link(int number) {
        return link(number, "127.0.0.1:7070");
    }

    public static LinkAssignment link(int number, String address) {
        return new LinkAssignment(
                new LinkId(0, number), number, "agent-1", Route.RELAY, new LinkAssignment.Door(address, new byte[] {1
                }));
    }
}
