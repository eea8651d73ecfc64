package io.penstock.manager.api.rest;

import io.penstock.manager.agent.AgentId;
import io.penstock.manager.plane.ControlLoop;
import io.penstock.manager.plane.ControlPlane;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Agents over REST.
 *
 * <p><em>Thread-safe</em>.
 */
@RestController
@RequestMapping(path = "/api/v1/agents", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "agents", description = "The attached agents and their links.")
final class AgentController {
    private final ControlLoop loop;
    private final ControlPlane plane;

    AgentController(ControlLoop loop, ControlPlane plane) {
        this.loop = loop;
        this.plane = plane;
    }

    @GetMapping
    @Operation(operationId = "listAgents", summary = "Lists the attached agents, longest attached first.")
    @Problems(ProblemType.INVALID_FIELD)
    Items<AgentResource> list(@RequestParam(defaultValue = Items.DEFAULT_LIMIT) int limit) {
        return Items.first(limit, loop.call(plane::agents), AgentResource::of);
    }

    @GetMapping("/{id}")
    @Operation(operationId = "readAgent", summary = "Shows one agent.")
    @Problems(ProblemType.UNKNOWN_AGENT)
    AgentResource read(@PathVariable String id) {
        return AgentResource.of(loop.call(() -> plane.agent(new AgentId(id))));
    }
}
