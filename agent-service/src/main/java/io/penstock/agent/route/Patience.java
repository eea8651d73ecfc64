package io.penstock.agent.route;

import java.time.Duration;

/**
 * How long a new connection is made to wait for what is missing, and what becomes of it then.
 *
 * @param hold zero when the rule says nothing of waiting
 *     <p><em>Immutable</em>.
 */
public record Patience(Duration hold, FailurePolicy then) {

    public static final Patience FAIL_OPEN = of(FailurePolicy.FAIL_OPEN);
    public static final Patience REJECT = of(FailurePolicy.REJECT);

    /** None at all. */
    public static Patience of(FailurePolicy policy) {
        return new Patience(Duration.ZERO, policy);
    }

    /** Whether it says nothing but that the original app answers. */
    boolean isNone() {
        return hold.isZero() && then == FailurePolicy.FAIL_OPEN;
    }
}
