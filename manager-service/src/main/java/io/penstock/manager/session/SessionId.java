package io.penstock.manager.session;

import io.penstock.manager.refusal.Refusal;
import io.penstock.manager.refusal.RefusalCode;

/**
 * A session's name: "s-" and random hex, never used again.
 *
 * <p><em>Immutable</em>.
 */
public record SessionId(String value) {

    /** The refusal for an id that no session has. */
    public Refusal unknown() {
        return new Refusal(
                RefusalCode.UNKNOWN_SESSION,
                Refusal.sentence("session", value, "a session that POST /api/v1/sessions made and that has not ended"));
    }

    @Override
    public String toString() {
        return value;
    }
}
