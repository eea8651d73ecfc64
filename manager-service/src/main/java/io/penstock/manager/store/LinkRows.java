package io.penstock.manager.store;

import io.penstock.manager.agent.AgentId;
import io.penstock.manager.pairing.LinkAssignment;
import io.penstock.manager.pairing.LinkAssignment.Ends;
import io.penstock.manager.pairing.LinkAssignment.Way;
import io.penstock.manager.session.Route;
import io.penstock.manager.session.SessionId;
import io.penstock.tunnel.link.LinkId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Assignments of links as rows. Their tokens are nowhere: they are made again.
 *
 * <p><em>Immutable</em>.
 */
record LinkRows() implements Layout<LinkId, LinkAssignment> {
    @Override
    public String table() {
        return "link";
    }

    @Override
    public List<String> columns() {
        return List.of("id", "slot", "agent", "session", "route", "agent_address", "agent_tls");
    }

    @Override
    public List<@Nullable Object> values(LinkAssignment link) {
        return List.of(
                id(link.id()),
                link.slot(),
                link.ends().agent().value(),
                link.ends().session().value(),
                link.way().route().name(),
                link.way().agentAddress(),
                link.way().agentTls());
    }

    @Override
    public String id(LinkId key) {
        return key.toString();
    }

    @Override
    public LinkId key(LinkAssignment link) {
        return link.id();
    }

    @Override
    public LinkAssignment read(ResultSet row) throws SQLException {
        return new LinkAssignment(
                LinkId.of(HexFormat.of().parseHex(row.getString("id"))),
                row.getInt("slot"),
                new Ends(new AgentId(row.getString("agent")), new SessionId(row.getString("session"))),
                new Way(
                        Route.valueOf(row.getString("route")),
                        row.getString("agent_address"),
                        row.getBoolean("agent_tls")),
                Instant.EPOCH);
    }
}
