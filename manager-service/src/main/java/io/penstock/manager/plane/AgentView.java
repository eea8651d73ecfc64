package io.penstock.manager.plane;

import io.penstock.manager.agent.Agent;
import io.penstock.manager.pairing.LinkAssignment;
import io.penstock.manager.report.LinkFigure;
import java.util.List;

/**
 * An agent with its links as it sees them.
 *
 * <p><em>Immutable</em>.
 */
public record AgentView(Agent agent, List<Link> links) {

    /** An assigned link, and what the agent last said about it. */
    public record Link(LinkAssignment assignment, LinkFigure figure) {}
}
