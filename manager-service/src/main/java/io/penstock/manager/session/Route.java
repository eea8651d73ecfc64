package io.penstock.manager.session;

/**
 * How the two ends of a link meet.
 *
 * <p><em>Immutable</em>.
 */
public enum Route {
    /** Both dial the manager's relay. */
    RELAY,
    /** The gateway dials the agent's link port. */
    DIRECT
}
