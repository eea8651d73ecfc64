package io.penstock.manager.api.rest;

import io.penstock.manager.session.Session;
import io.penstock.manager.session.SessionState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * A session as REST shows it.
 *
 * <p><em>Immutable</em>.
 */
@Schema(name = "Session")
record SessionResource(
        @Schema(example = "s-5b0c7e12a9d34f60") String id,
        @Schema(example = "ann") String owner,
        @Schema(example = "laptop-1") String client,
        SessionState state,
        Instant createdAt,
        Control control,

        @Schema(description = "Silence after which the session counts as lost.", example = "15000")
        long leaseMillis) {

    /** Where the gateway attaches. */
    @Schema(name = "SessionControl")
    record Control(
            @Schema(description = "The gRPC address, host:port.", example = "127.0.0.1:9090")
            String address) {}

    static SessionResource of(Session session, Control control, long leaseMillis) {
        var identity = session.identity();
        return new SessionResource(
                session.id().value(),
                identity.owner(),
                identity.client(),
                session.state(),
                session.createdAt(),
                control,
                leaseMillis);
    }
}
