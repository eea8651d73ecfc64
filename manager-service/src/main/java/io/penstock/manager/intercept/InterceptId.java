package io.penstock.manager.intercept;

import io.penstock.manager.refusal.Refusal;
import io.penstock.manager.refusal.RefusalCode;

/**
 * An intercept's name for machines: "i-" and random hex, never used again.
 *
 * <p><em>Immutable</em>.
 */
public record InterceptId(String value) {

    /** The refusal for an id that no kept intercept has. */
    public Refusal unknown() {
        return new Refusal(
                RefusalCode.UNKNOWN_INTERCEPT,
                Refusal.sentence("intercept", value, "an id from GET /api/v1/intercepts"));
    }

    @Override
    public String toString() {
        return value;
    }
}
