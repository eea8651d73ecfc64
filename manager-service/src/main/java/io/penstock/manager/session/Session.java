package io.penstock.manager.session;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One gateway's leased presence, as it was at one moment.
 *
 * <p><em>Immutable</em>.
 *
 * @param route what the gateway wants for its links; null until it first attached
 */
public record Session(
        SessionId id,
        Identity identity,
        SessionState state,
        @Nullable Route route,
        Times times) {

    /** Who is behind a session: the person, and the machine or program. */
    public record Identity(String owner, String client) {}

    /**
     * When it came, was heard and was lost.
     *
     * @param created wall clock
     * @param heard the manager's own steady time, by which leases are measured
     * @param lost wall clock, because it outlives the manager; null while it is not
     */
    public record Times(
            Instant created, Instant heard, @Nullable Instant lost) {}

    public Instant createdAt() {
        return times.created();
    }

    public Instant heardAt() {
        return times.heard();
    }

    Session with(SessionState newState) {
        return new Session(id, identity, newState, route, times);
    }

    Session lost(Instant wall) {
        return new Session(id, identity, SessionState.LOST, route, new Times(createdAt(), heardAt(), wall));
    }

    Session heard(SessionState newState, @Nullable Route newRoute, Instant now) {
        return new Session(id, identity, newState, newRoute, new Times(createdAt(), now, null));
    }

    /** What of it outlives the manager: whether a call is up, and when it was last heard, does not. */
    public Session lasting() {
        SessionState settled = state == SessionState.ATTACHED ? SessionState.AWAITED : state;
        return new Session(id, identity, settled, route, new Times(createdAt(), Instant.EPOCH, times.lost()));
    }

    /**
     * The same in a new life of the manager, whose steady time begins at the epoch: who was lost has used up some of his grace, the
     * others have a whole lease.
     *
     * @param wall now
     */
    public Session restored(Instant wall, LeasePolicy policy) {
        if (times.lost() == null) {
            return this;
        }
        Duration since = Duration.between(times.lost(), wall);
        Duration silent = policy.lease().plus(since.isNegative() ? Duration.ZERO : since);
        return new Session(
                id, identity, state, route, new Times(createdAt(), Instant.EPOCH.minus(silent), times.lost()));
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
