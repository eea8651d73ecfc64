package io.penstock.gateway.problem;

import java.util.Locale;

/** The kinds of refusal that the gateway itself makes; the manager's own pass through as they are. <em>Immutable</em>. */
public enum ProblemType {
    INVALID_FIELD(400, "A value cannot be used"),
    TARGET_UNRESOLVED(422, "A target has no address"),
    GATEWAY_TOKEN(401, "The call did not show this gateway's token"),
    MANAGER_TOKEN(401, "The manager's token cannot be read"),
    UNKNOWN_INTERCEPT(404, "No such intercept"),
    NOT_FOUND(404, "No such page"),
    OTHER_GATEWAY(409, "Another gateway serves the intercept"),
    OTHER_OWNER(409, "The intercept is somebody else's"),
    OTHER_MANAGER(409, "The gateway serves another manager"),
    BODY_TOO_LARGE(413, "A body is too large, or does not say how large it is"),
    MANAGER_ANSWER(502, "The manager's answer makes no sense"),
    MANAGER_UNREACHABLE(503, "The manager cannot be reached"),
    GATEWAY_STOPPING(503, "The gateway is stopping"),
    GATEWAY_BUSY(503, "The gateway did not answer in time"),
    INTERNAL_ERROR(500, "A defect in the gateway");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The stable name in problem documents. */
    public String urn() {
        return "urn:penstock:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
