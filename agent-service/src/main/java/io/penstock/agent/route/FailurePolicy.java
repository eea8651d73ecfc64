package io.penstock.agent.route;

/** What happens to a new connection that the developer's app, or its gateway, cannot take. <em>Immutable</em>. */
public enum FailurePolicy {
    /** The original app answers. */
    FAIL_OPEN,
    /** The caller's connection is reset. */
    REJECT
}
