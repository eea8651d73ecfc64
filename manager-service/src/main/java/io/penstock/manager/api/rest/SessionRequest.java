package io.penstock.manager.api.rest;

import io.penstock.manager.refusal.Check;
import io.penstock.manager.session.Session.Identity;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway says to get a session.
 *
 * <p><em>Immutable</em>.
 */
@Schema(name = "SessionRequest")
record SessionRequest(
        @Schema(description = "Who works there; for people.", example = "ann") @Nullable
        String owner,

        @Schema(description = "Which machine it is; for people.", example = "laptop-1") @Nullable
        String client) {
    private static final int MAX_LENGTH = 64;

    Identity identity() {
        return new Identity(Check.text("owner", owner, MAX_LENGTH), Check.text("client", client, MAX_LENGTH));
    }
}
