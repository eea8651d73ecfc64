package io.penstock.manager.intercept;

/**
 * What an intercept does about the two things that may be missing.
 *
 * @param onAppRefused while the developer's app refuses connections
 * @param onGatewayLoss while its gateway cannot be reached
 *     <p><em>Immutable</em>.
 */
public record FailurePolicies(FailurePolicy onAppRefused, FailurePolicy onGatewayLoss) {

    /** What an intercept does that says nothing about it: the app may restart, and a gateway that is lost is not waited for. */
    public static final FailurePolicies DEFAULTS = new FailurePolicies(FailurePolicy.HOLD, FailurePolicy.FAIL_OPEN);
}
