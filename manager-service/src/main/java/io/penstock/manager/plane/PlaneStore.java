package io.penstock.manager.plane;

import io.penstock.manager.agent.Agent;
import io.penstock.manager.agent.AgentId;
import io.penstock.manager.intercept.Intercept;
import io.penstock.manager.intercept.InterceptId;
import io.penstock.manager.keep.MemoryStore;
import io.penstock.manager.keep.Store;
import io.penstock.manager.keep.Writing;
import io.penstock.manager.pairing.LinkAssignment;
import io.penstock.manager.session.Session;
import io.penstock.manager.session.SessionId;
import io.penstock.tunnel.link.LinkId;

/**
 * Where all that a control plane keeps outlives it.
 *
 * <p><em>Thread-safe</em>.
 *
 * @param writing how they are written, all of them together
 */
public record PlaneStore(
        Store<SessionId, Session> sessions,
        Store<AgentId, Agent> agents,
        Store<InterceptId, Intercept> intercepts,
        Store<LinkId, LinkAssignment> links,
        Writing writing) {

    /** One that forgets when its process ends. */
    public static PlaneStore inMemory() {
        return new PlaneStore(
                new MemoryStore<>(Session::lasting),
                new MemoryStore<>(Agent::lasting),
                new MemoryStore<>(Intercept::lasting),
                new MemoryStore<>(LinkAssignment::lasting),
                Writing.AT_ONCE);
    }
}
