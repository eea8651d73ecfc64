package io.penstock.manager.store;

import io.penstock.manager.intercept.Intercept;
import io.penstock.manager.intercept.Intercept.Status;
import io.penstock.manager.intercept.InterceptId;
import io.penstock.manager.intercept.InterceptSpec;
import io.penstock.manager.intercept.InterceptState;
import io.penstock.manager.intercept.Moment;
import io.penstock.manager.intercept.StateReason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Intercepts as rows, what was asked for as a document.
 *
 * <p><em>Immutable</em>.
 */
record InterceptRows() implements Layout<InterceptId, Intercept> {
    @Override
    public String table() {
        return "intercept";
    }

    @Override
    public List<String> columns() {
        return List.of("id", "spec", "state", "reason", "detail", "changed_at", "created_at");
    }

    @Override
    public List<@Nullable Object> values(Intercept intercept) {
        Status status = intercept.status();
        return List.of(
                intercept.id().value(),
                Documents.write(intercept.spec()),
                status.state().name(),
                status.reason().name(),
                status.detail(),
                Layout.stored(status.changed().wall()),
                Layout.stored(intercept.createdAt()));
    }

    @Override
    public String id(InterceptId key) {
        return key.value();
    }

    @Override
    public InterceptId key(Intercept intercept) {
        return intercept.id();
    }

    @Override
    public Intercept read(ResultSet row) throws SQLException {
        var changed = new Moment(Layout.instant(row, "changed_at"), Instant.EPOCH, 0);
        var status = new Status(
                InterceptState.valueOf(row.getString("state")),
                StateReason.valueOf(row.getString("reason")),
                row.getString("detail"),
                changed,
                0);
        return new Intercept(
                new InterceptId(row.getString("id")),
                Documents.read(row.getString("spec"), InterceptSpec.class),
                status,
                Layout.instant(row, "created_at"));
    }
}
