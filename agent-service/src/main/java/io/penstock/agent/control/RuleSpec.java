package io.penstock.agent.control;

import io.penstock.agent.route.DivertRule;

/**
 * One intercept of the newest snapshot.
 *
 * @param wanted whether new connections should be diverted: PENDING or ACTIVE
 *     <p><em>Immutable</em>.
 */
record RuleSpec(DivertRule rule, boolean wanted) {

    String id() {
        return rule.interceptId();
    }
}
