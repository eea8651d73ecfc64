package io.penstock.manager.agent;

import io.penstock.manager.refusal.Refusal;
import io.penstock.manager.refusal.RefusalCode;
import io.penstock.manager.report.Report;
import io.penstock.manager.session.LeasePolicy;
import io.penstock.manager.workload.WorkloadRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<AgentId, Agent> agents = new LinkedHashMap<>();

    public AgentRegistry(LeasePolicy policy, int limit) {
        this.policy = policy;
        this.limit = limit;
    }

    /** Adds the agent, or renews it when it was here already; its last report stands until it sends another. */
    public Agent attached(AgentId id, AgentProfile profile, Instant wall, Instant now) {
        Agent before = agents.get(id);
        if (before == null && agents.size() >= limit) {
            throw new Refusal(
                    RefusalCode.LIMIT_REACHED, Refusal.sentence("agents", agents.size(), "fewer than " + limit));
        }
        var agent = new Agent(id, profile, wall, now, before == null ? Report.NOTHING : before.report());
        agents.put(id, agent);
        log.info(
                "agent {} {} workload={} captures={} links={}",
                id,
                before == null ? "attached" : "attached again",
                profile.workload(),
                profile.captures().stream().map(AgentProfile.Capture::port).toList(),
                profile.links());
        return agent;
    }

    public void heard(AgentId id, Report report, Instant now) {
        agents.computeIfPresent(id, (key, agent) -> agent.heard(report, now));
    }

    /** Removes those whose lease ran out and returns them. */
    public List<Agent> lapse(Instant now) {
        List<Agent> lapsed = agents.values().stream()
                .filter(agent -> policy.isLapsed(agent.heardAt(), now))
                .toList();
        for (Agent agent : lapsed) {
            agents.remove(agent.id());
            log.info("agent {} lost workload={}", agent.id(), agent.profile().workload());
        }
        return lapsed;
    }

    public Optional<Agent> find(AgentId id) {
        return Optional.ofNullable(agents.get(id));
    }

    public List<Agent> ofWorkload(WorkloadRef workload) {
        return agents.values().stream()
                .filter(agent -> agent.profile().workload().equals(workload))
                .toList();
    }

    /** All agents, longest known first. */
    public List<Agent> all() {
        return new ArrayList<>(agents.values());
    }
}
