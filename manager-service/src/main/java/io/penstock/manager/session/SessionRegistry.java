package io.penstock.manager.session;

import io.penstock.manager.keep.Kept;
import io.penstock.manager.refusal.Refusal;
import io.penstock.manager.refusal.RefusalCode;
import io.penstock.manager.session.Session.Identity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions and all their transitions.
 *
 * <p><em>Loop-confined</em>.
 *
 * <pre>
 *              attached    heard       detached   lapse (lease over)   depart      expired (grace over)
 *  AWAITED     ATTACHED    ATTACHED    no-op      LOST                 DEPARTING   -
 *  ATTACHED    ATTACHED    ATTACHED    AWAITED    LOST                 DEPARTING   -
 *  LOST        ATTACHED    ATTACHED    no-op      no-op                DEPARTING   removed
 *  DEPARTING   stays       stays       no-op      removed              no-op       removed
 * </pre>
 *
 * A departing session is removed by its owner, {@code ControlPlane}, once its last intercept has ended.
 */
public final class SessionRegistry {
    private static final Logger log = LoggerFactory.getLogger(SessionRegistry.class);

    private final LeasePolicy policy;
    private final int limit;
    private final Supplier<SessionId> ids;
    private final Kept<SessionId, Session> sessions;

    public SessionRegistry(LeasePolicy policy, int limit, Supplier<SessionId> ids, Kept<SessionId, Session> sessions) {
        this.policy = policy;
        this.limit = limit;
        this.ids = ids;
        this.sessions = sessions;
    }

    public Session arrive(Identity identity, Instant wall, Instant now) {
        if (sessions.size() >= limit) {
            throw new Refusal(
                    RefusalCode.LIMIT_REACHED, Refusal.sentence("sessions", sessions.size(), "fewer than " + limit));
        }
        var session = new Session(ids.get(), identity, SessionState.AWAITED, null, new Session.Times(wall, now, null));
        sessions.put(session.id(), session);
        sessions.afterwards(() ->
                log.info("session {} arrived owner={} client={}", session.id(), identity.owner(), identity.client()));
        return session;
    }

    /** The gateway's call is up; refuses an unknown session. */
    public void attached(SessionId id, Route route, Instant now) {
        change(id, session -> session.heard(afterWord(session), route, now));
    }

    /** The gateway reported on its call. */
    public void heard(SessionId id, Instant now) {
        change(id, session -> session.heard(afterWord(session), session.route(), now));
    }

    /**
     * An agent has heard the gateway, on a link: it is there, although it may not reach this manager. That keeps a lease; one that is
     * over comes back only by the gateway's own word.
     */
    public void vouched(SessionId id, Instant heardAt) {
        find(id).filter(session -> session.state().isReachable())
                .filter(session -> heardAt.isAfter(session.heardAt()))
                .ifPresent(session -> sessions.put(id, session.heard(session.state(), session.route(), heardAt)));
    }

    /** The gateway's call ended; its lease goes on. */
    public void detached(SessionId id) {
        change(id, session -> session.state() == SessionState.ATTACHED ? session.with(SessionState.AWAITED) : session);
    }

    public void depart(SessionId id) {
        change(id, session -> session.with(SessionState.DEPARTING));
    }

    public void remove(SessionId id, String cause) {
        sessions.remove(id);
        sessions.afterwards(() -> log.info("session {} removed cause={}", id, cause));
    }

    /** Marks those whose lease ran out as LOST. */
    public boolean lapse(Instant wall, Instant now) {
        List<Session> lapsed = sessions.all().stream()
                .filter(session -> session.state() == SessionState.AWAITED || session.state() == SessionState.ATTACHED)
                .filter(session -> policy.isLapsed(session.heardAt(), now))
                .toList();
        lapsed.forEach(session -> change(session.id(), silent -> silent.lost(wall)));
        return !lapsed.isEmpty();
    }

    /** Those that nobody waits for any more: lost past the grace, or silent while departing. */
    public List<Session> expired(Instant now) {
        return sessions.all().stream()
                .filter(session -> switch (session.state()) {
                    case LOST -> policy.isGraceOver(session.heardAt(), now);
                    case DEPARTING -> policy.isLapsed(session.heardAt(), now);
                    case AWAITED, ATTACHED -> false;
                })
                .toList();
    }

    public Optional<Session> find(SessionId id) {
        return sessions.find(id);
    }

    public Session require(SessionId id) {
        return find(id).orElseThrow(id::unknown);
    }

    /** All sessions, oldest first. */
    public List<Session> all() {
        return List.copyOf(sessions.all());
    }

    private static SessionState afterWord(Session session) {
        return session.state() == SessionState.DEPARTING ? SessionState.DEPARTING : SessionState.ATTACHED;
    }

    private void change(SessionId id, UnaryOperator<Session> step) {
        Session before = require(id);
        Session after = step.apply(before);
        sessions.put(id, after);
        if (before.state() != after.state()) {
            sessions.afterwards(() -> log.info("session {} {} -> {}", id, before.state(), after.state()));
        }
    }
}
