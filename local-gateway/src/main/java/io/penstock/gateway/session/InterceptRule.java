package io.penstock.gateway.session;

import java.util.List;

/**
 * One intercept of this session as the newest snapshot has it.
 *
 * @param workload "namespace/name"
 * @param onAppRefused what becomes of a stream whose target refuses the connection
 *     <p><em>Immutable</em>.
 */
public record InterceptRule(
        String id,
        String name,
        String workload,
        List<Port> ports,
        Standing standing,
        RefusalPolicy onAppRefused,
        TrafficLimits limits) {

    public InterceptRule {
        ports = List.copyOf(ports);
    }

    /** A captured port and the local "host:port" that answers for it. <em>Immutable</em>. */
    public record Port(int capture, String target) {}

    /** State, and apart from it the reason: a code, "" when the state needs none. <em>Immutable</em>. */
    public record Standing(InterceptState state, String reason) {}

    public InterceptState state() {
        return standing.state();
    }

    /** Whether a person means this one by the text. */
    public boolean isNamed(String nameOrId) {
        return id.equals(nameOrId) || name.equals(nameOrId);
    }
}
