package io.penstock.manager.agent;

import io.penstock.manager.keep.Kept;
import io.penstock.manager.refusal.Refusal;
import io.penstock.manager.refusal.RefusalCode;
import io.penstock.manager.report.Report;
import io.penstock.manager.session.LeasePolicy;
import io.penstock.manager.workload.WorkloadRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attached agents. An agent whose call ends is kept for the rest of its lease, because its links and its last
 * snapshot go on without the call.
 *
 * <p><em>Loop-confined</em>.
 */
public final class AgentRegistry {
    private static final Logger log = LoggerFactory.getLogger(AgentRegistry.class);

    private final LeasePolicy policy;
    private final int limit;
    private final Kept<AgentId, Agent> agents;

    public AgentRegistry(LeasePolicy policy, int limit, Kept<AgentId, Agent> agents) {
        this.policy = policy;
        this.limit = limit;
        this.agents = agents;
    }

    /** Adds the agent, or renews it when it was here already; its last report stands until it sends another. */
    public Agent attached(AgentId id, AgentProfile profile, Instant wall, Instant now) {
        Optional<Agent> before = agents.find(id);
        if (before.isEmpty() && agents.size() >= limit) {
            throw new Refusal(
                    RefusalCode.LIMIT_REACHED, Refusal.sentence("agents", agents.size(), "fewer than " + limit));
        }
        var agent = new Agent(id, profile, wall, now, before.map(Agent::report).orElse(Report.NOTHING));
        agents.put(id, agent);
        log.info(
                "agent {} {} workload={} captures={} links={}",
                id,
                before.isEmpty() ? "attached" : "attached again",
                profile.workload(),
                profile.captures().stream().map(AgentProfile.Capture::port).toList(),
                profile.links());
        return agent;
    }

    public void heard(AgentId id, Report report, Instant now) {
        agents.find(id).ifPresent(agent -> agents.put(id, agent.heard(report, now)));
    }

    /** Somebody else has heard the agent, on a link: it is there, although it may not reach this manager. */
    public void vouched(AgentId id, Instant heardAt) {
        agents.find(id)
                .filter(agent -> heardAt.isAfter(agent.heardAt()))
                .ifPresent(agent -> agents.put(id, agent.vouched(heardAt)));
    }

    /** Removes those whose lease ran out and returns them. */
    public List<Agent> lapse(Instant now) {
        List<Agent> lapsed = agents.all().stream()
                .filter(agent -> policy.isLapsed(agent.heardAt(), now))
                .toList();
        for (Agent agent : lapsed) {
            agents.remove(agent.id());
            log.info("agent {} lost workload={}", agent.id(), agent.profile().workload());
        }
        return lapsed;
    }

    public Optional<Agent> find(AgentId id) {
        return agents.find(id);
    }

    public List<Agent> ofWorkload(WorkloadRef workload) {
        return agents.all().stream()
                .filter(agent -> agent.profile().workload().equals(workload))
                .toList();
    }

    /** All agents, longest known first. */
    public List<Agent> all() {
        return List.copyOf(agents.all());
    }
}
