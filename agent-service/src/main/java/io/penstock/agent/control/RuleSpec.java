package io.penstock.agent.control;

import io.penstock.agent.route.DivertRule;

/**
 * One intercept of the newest snapshot.
 *
 * @param standing what the manager wants with it
 *     <p><em>Immutable</em>.
 */
record RuleSpec(DivertRule rule, Standing standing) {

    /** What the manager wants. <em>Immutable</em>. */
    enum Standing {
        /** New connections should be diverted: PENDING or ACTIVE. */
        DIVERT,
        /** Its gateway is lost: SUSPENDED. */
        GATEWAY_LOST,
        /** It is being left, or over. */
        LEFT
    }

    String id() {
        return rule.interceptId();
    }

    boolean wanted() {
        return standing == Standing.DIVERT;
    }

    /** Whether new connections are the rule's although there is no gateway to divert them to. */
    boolean guards() {
        return standing == Standing.GATEWAY_LOST && rule.outlivesItsGateway();
    }
}
