package io.penstock.manager.store;

import io.penstock.manager.session.Route;
import io.penstock.manager.session.Session;
import io.penstock.manager.session.Session.Identity;
import io.penstock.manager.session.Session.Times;
import io.penstock.manager.session.SessionId;
import io.penstock.manager.session.SessionState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sessions as rows.
 *
 * <p><em>Immutable</em>.
 */
record SessionRows() implements Layout<SessionId, Session> {
    @Override
    public String table() {
        return "session";
    }

    @Override
    public List<String> columns() {
        return List.of("id", "owner", "client", "state", "route", "created_at", "lost_at");
    }

    @Override
    public List<@Nullable Object> values(Session session) {
        Session lasting = session.lasting();
        Route route = lasting.route();
        Instant lost = lasting.times().lost();
        return Arrays.asList(
                lasting.id().value(),
                lasting.identity().owner(),
                lasting.identity().client(),
                lasting.state().name(),
                route == null ? null : route.name(),
                Layout.stored(lasting.createdAt()),
                lost == null ? null : Layout.stored(lost));
    }

    @Override
    public String id(SessionId key) {
        return key.value();
    }

    @Override
    public SessionId key(Session session) {
        return session.id();
    }

    @Override
    public Session read(ResultSet row) throws SQLException {
        String route = row.getString("route");
        return new Session(
                new SessionId(row.getString("id")),
                new Identity(row.getString("owner"), row.getString("client")),
                SessionState.valueOf(row.getString("state")),
                route == null ? null : Route.valueOf(route),
                new Times(Layout.instant(row, "created_at"), Instant.EPOCH, lost(row)));
    }

    private static @Nullable Instant lost(ResultSet row) throws SQLException {
        return row.getObject("lost_at") == null ? null : Layout.instant(row, "lost_at");
    }
}
