package io.penstock.manager.pairing;

import io.penstock.manager.agent.AgentId;
import io.penstock.manager.session.Route;
import io.penstock.manager.session.SessionId;
import io.penstock.tunnel.link.LinkId;
import java.time.Instant;

/**
 * A link that both of its ends are told to keep.
 *
 * <p><em>Immutable</em>.
 *
 * @param slot the agent's event loop, 0-based
 * @param expiresAt wall clock; until then an end may join
 */
public record LinkAssignment(LinkId id, int slot, Ends ends, Way way, Instant expiresAt) {

    /** The agent and the session that a link joins. */
    public record Ends(AgentId agent, SessionId session) {}

    /** What of it outlives the manager: its token does not, which is made anew. */
    public LinkAssignment lasting() {
        return until(Instant.EPOCH);
    }

    LinkAssignment until(Instant later) {
        return new LinkAssignment(id, slot, ends, way, later);
    }

    /** How the ends meet; the address, and whether TLS is spoken there, are the agent's and count on the direct route only. */
    public record Way(Route route, String agentAddress, boolean agentTls) {
        public static final Way RELAY = new Way(Route.RELAY, "", false);
    }
}
