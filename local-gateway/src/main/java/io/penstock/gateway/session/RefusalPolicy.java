package io.penstock.gateway.session;

import java.time.Duration;

/**
 * What becomes of a stream whose target refuses the connection.
 *
 * @param hold how long it waits for the target to listen; zero when it does not
 * @param then what the agent makes of the refusal in the end: FAIL_OPEN or REJECT
 *     <p><em>Immutable</em>.
 */
public record RefusalPolicy(Duration hold, String then) {

    /** The manager's own text: "FAIL_OPEN", "REJECT", "HOLD 10s then FAIL_OPEN". */
    @Override
    public String toString() {
        return hold.isZero() ? then : "HOLD " + shown(hold.toMillis()) + " then " + then;
    }

    private static String shown(long millis) {
        if (millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
