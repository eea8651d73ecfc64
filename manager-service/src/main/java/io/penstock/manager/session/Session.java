package io.penstock.manager.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One gateway's leased presence, as it was at one moment.
 *
 * <p><em>Immutable</em>.
 *
 * @param route what the gateway wants for its links; null until it first attached
 * @param createdAt wall clock
 * @param heardAt the manager's own steady time, by which leases are measured
 */
public record Session(
        SessionId id,
        Identity identity,
        SessionState state,
        @Nullable Route route,
        Instant createdAt,
        Instant heardAt) {

    /** Who is behind a session: the person, and the machine or program. */
    public record Identity(String owner, String client) {}

    Session with(SessionState newState) {
        return new Session(id, identity, newState, route, createdAt, heardAt);
    }

    Session heard(SessionState newState, @Nullable Route newRoute, Instant now) {
        return new Session(id, identity, newState, newRoute, createdAt, now);
    }

    /** What of it outlives the manager: whether a call is up, and when it was last heard, does not. */
    public Session lasting() {
        SessionState settled = state == SessionState.ATTACHED ? SessionState.AWAITED : state;
        return new Session(id, identity, settled, route, createdAt, Instant.EPOCH);
    }

    /** Whether the gateway was there and has no call any more; it may still come back. */
    public boolean isGone() {
        return state == SessionState.LOST || (state == SessionState.AWAITED && route != null);
    }

    /** Whether links to the gateway make sense: it attached at least once and its lease has not run out. */
    public boolean isLinkable() {
        return route != null && state.isReachable();
    }
}
