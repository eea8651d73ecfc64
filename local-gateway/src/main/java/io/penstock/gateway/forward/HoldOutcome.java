package io.penstock.gateway.forward;

/** How it ended for a stream whose target refused it. <em>Immutable</em>. */
public enum HoldOutcome {
    /** The target listened again and took it. */
    WENT_THROUGH,
    /** The hold was over, or the intercept was left: the agent does what the policy says then. */
    GAVE_UP,
    /** As many waited as may; refused at once. */
    OVERFLOW,
    /** Its caller, or its link, went first. */
    GONE
}
