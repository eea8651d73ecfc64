package io.penstock.manager.refusal;

/**
 * Why the manager does not do what it was asked. Each edge maps a code to its own kind of answer.
 *
 * <p><em>Immutable</em>.
 */
public enum RefusalCode {
    /** A field's value cannot be used; the detail names field, value and expectation. */
    INVALID_FIELD,
    /** No session has this id. */
    UNKNOWN_SESSION,
    /** No agent fronts this workload. */
    UNKNOWN_WORKLOAD,
    /** No intercept has this id, or it ended too long ago. */
    UNKNOWN_INTERCEPT,
    /** No agent has this id. */
    UNKNOWN_AGENT,
    /** Another intercept holds the port or the name. */
    CONFLICT,
    /** The manager holds as many of these as it is configured to. */
    LIMIT_REACHED,
    /** The control loop did not answer in time. */
    BUSY,
    /** What is asked for cannot be written down, so it could not be promised. */
    STORE_UNAVAILABLE
}
