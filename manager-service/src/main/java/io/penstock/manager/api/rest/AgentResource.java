package io.penstock.manager.api.rest;

import io.penstock.manager.agent.AgentProfile;
import io.penstock.manager.plane.AgentView;
import io.penstock.manager.report.LinkCondition;
import io.penstock.manager.workload.WorkloadRef;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/**
 * An agent as REST shows it.
 *
 * <p><em>Immutable</em>.
 */
@Schema(name = "Agent")
record AgentResource(
        @Schema(example = "checkout-7d9f-x2kq") String id,
        WorkloadRef workload,
        List<AgentProfile.Capture> captures,
        List<LinkResource> links,
        Instant attachedAt,
        @Schema(example = "0.1.0") String version) {

    /** One of its links, as the agent sees it. */
    @Schema(name = "Link")
    record LinkResource(
            @Schema(example = "9f86d081884c7d659a2feaa0c55ad015")
            String id,

            LinkCondition state,
            @Schema(description = "The agent's event loop.") int slot,
            String sessionId,
            @Schema(description = "0 idle, 1 full.") double saturation,
            long roundTripMicros) {}

    static AgentResource of(AgentView view) {
        var agent = view.agent();
        return new AgentResource(
                agent.id().value(),
                agent.profile().workload(),
                agent.profile().captures(),
                view.links().stream().map(AgentResource::link).toList(),
                agent.attachedAt(),
                agent.profile().version());
    }

    private static LinkResource link(AgentView.Link link) {
        var assignment = link.assignment();
        return new LinkResource(
                assignment.id().toString(),
                link.figure().condition(),
                assignment.slot(),
                assignment.ends().session().value(),
                link.figure().saturation(),
                link.figure().roundTripMicros());
    }
}
