package io.penstock.manager.intercept;

import io.penstock.manager.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a new connection that the developer's app refuses.
 *
 * <p><em>Immutable</em>.
 */
public enum FailurePolicy {
    /** The original app answers. */
    FAIL_OPEN,
    /** The caller's connection is reset. */
    REJECT;

    /** Reads a policy; nothing means FAIL_OPEN. */
    public static FailurePolicy parse(@Nullable String text) {
        if (text == null) {
            return FAIL_OPEN;
        }
        return switch (text) {
            case "FAIL_OPEN" -> FAIL_OPEN;
            case "REJECT" -> REJECT;
            case "HOLD" ->
                throw Refusal.invalid(
                        "onAppRefused", text, "FAIL_OPEN or REJECT; HOLD is not available in this version");
            default -> throw Refusal.invalid("onAppRefused", text, "FAIL_OPEN or REJECT");
        };
    }
}
