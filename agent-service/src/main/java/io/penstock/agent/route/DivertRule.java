package io.penstock.agent.route;

import java.util.Set;

/**
 * One intercept as far as this agent diverts for it.
 *
 * @param sessionId whose gateway answers
 * @param ports the captured ports that it is about
 * @param onAppRefused while the developer's app refuses connections: its gateway waits, and then this agent acts
 * @param onGatewayLoss while no link to the gateway takes streams
 *     <p><em>Immutable</em>.
 */
public record DivertRule(
        String interceptId, String sessionId, Set<Integer> ports, Patience onAppRefused, Patience onGatewayLoss) {

    public DivertRule {
        ports = Set.copyOf(ports);
    }

    /** Whether the original app is kept from the traffic, for a while or for good, also when there is no gateway to divert to. */
    public boolean outlivesItsGateway() {
        return !onGatewayLoss.isNone();
    }
}
