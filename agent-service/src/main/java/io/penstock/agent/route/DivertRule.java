package io.penstock.agent.route;

import java.util.Set;

/**
 * One intercept as far as this agent diverts for it.
 *
 * @param sessionId whose gateway answers
 * @param ports the captured ports that it is about
 *     <p><em>Immutable</em>.
 */
public record DivertRule(String interceptId, String sessionId, Set<Integer> ports, FailurePolicy policy) {

    public DivertRule {
        ports = Set.copyOf(ports);
    }
}
