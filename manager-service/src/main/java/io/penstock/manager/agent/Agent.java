package io.penstock.manager.agent;

import io.penstock.manager.report.Report;
import java.time.Instant;

/**
 * One attached agent, as it was at one moment.
 *
 * <p><em>Immutable</em>.
 *
 * @param attachedAt wall clock of its newest Attach call
 * @param heardAt the manager's own steady time; when it reported, or a gateway heard it on a link
 * @param report its newest report
 */
public record Agent(AgentId id, AgentProfile profile, Instant attachedAt, Instant heardAt, Report report) {

    /** What of it outlives the manager: when it was last heard, and what it said, does not. */
    public Agent lasting() {
        return new Agent(id, profile, attachedAt, Instant.EPOCH, Report.NOTHING);
    }

    Agent vouched(Instant at) {
        return new Agent(id, profile, attachedAt, at, report);
    }

    Agent heard(Report newest, Instant now) {
        return new Agent(id, profile, attachedAt, now, newest);
    }
}
