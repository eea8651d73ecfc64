package io.penstock.manager.plane;

import io.penstock.manager.agent.Agent;
import io.penstock.manager.agent.AgentId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The agents of the manager's former life that have not yet reported what they make of this one. What they diverted they
 * divert still, by their last snapshot, so their silence proves nothing; but a lease after the start it does.
 *
 * <p><em>Loop-confined</em>.
 */
final class Unheard {
    private final Set<AgentId> agents = new HashSet<>();
    private final String epoch;
    private final Instant until;

    /** @param start the steady time of the manager's start */
    Unheard(Collection<Agent> restored, String epoch, Instant start, Duration lease) {
        restored.forEach(agent -> agents.add(agent.id()));
        this.epoch = epoch;
        this.until = start.plus(lease);
    }

    /** Whether the agent has yet to be heard about this life of the manager. */
    boolean holds(Agent agent, Instant steady) {
        if (agent.report().applied().epoch().equals(epoch) || !steady.isBefore(until)) {
            agents.remove(agent.id());
        }
        return agents.contains(agent.id());
    }
}
