package io.penstock.manager.intercept;

import io.penstock.manager.refusal.Check;
import io.penstock.manager.refusal.Refusal;
import io.penstock.manager.session.SessionId;
import io.penstock.manager.workload.WorkloadRef;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a developer asked for.
 *
 * <p><em>Immutable</em>.
 *
 * @param name unique among the intercepts that hold ports; empty lets the registry choose one
 */
public record InterceptSpec(
        String name,
        WorkloadRef workload,
        SessionId session,
        List<PortRule> ports,
        FailurePolicies onFailure,
        TrafficLimits limits,
        Attribution attribution) {
    private static final Pattern NAME = Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)?");
    private static final int MAX_PORTS = 16;

    public InterceptSpec {
        Check.matches("name", name, NAME, "1 to 63 of a-z, 0-9 and '-', not at either end");
        ports = List.copyOf(ports);
        // One that was stored before there were limits has none.
        limits = Objects.requireNonNullElse(limits, TrafficLimits.NONE);
        Check.within("ports count", ports.size(), 1, MAX_PORTS);
        long distinct = ports.stream().mapToInt(PortRule::capture).distinct().count();
        if (distinct != ports.size()) {
            throw Refusal.invalid("ports", "a capture port twice", "each capture port once");
        }
    }

    InterceptSpec named(String chosen) {
        return new InterceptSpec(chosen, workload, session, ports, onFailure, limits, attribution);
    }

    /** The first port that both take, or 0. */
    int sharedPort(InterceptSpec other) {
        if (!workload.equals(other.workload)) {
            return 0;
        }
        return ports.stream()
                .mapToInt(PortRule::capture)
                .filter(port -> other.ports.stream().anyMatch(rule -> rule.capture() == port))
                .findFirst()
                .orElse(0);
    }
}
