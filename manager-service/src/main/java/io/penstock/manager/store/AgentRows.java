package io.penstock.manager.store;

import io.penstock.manager.agent.Agent;
import io.penstock.manager.agent.AgentId;
import io.penstock.manager.agent.AgentProfile;
import io.penstock.manager.report.Report;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Agents as rows, their profiles as documents.
 *
 * <p><em>Immutable</em>.
 */
record AgentRows() implements Layout<AgentId, Agent> {
    @Override
    public String table() {
        return "agent";
    }

    @Override
    public List<String> columns() {
        return List.of("id", "profile", "attached_at");
    }

    @Override
    public List<@Nullable Object> values(Agent agent) {
        return List.of(agent.id().value(), Documents.write(agent.profile()), Layout.stored(agent.attachedAt()));
    }

    @Override
    public String id(AgentId key) {
        return key.value();
    }

    @Override
    public AgentId key(Agent agent) {
        return agent.id();
    }

    @Override
    public Agent read(ResultSet row) throws SQLException {
        return new Agent(
                new AgentId(row.getString("id")),
                Documents.read(row.getString("profile"), AgentProfile.class),
                Layout.instant(row, "attached_at"),
                Instant.EPOCH,
                Report.NOTHING);
    }
}
