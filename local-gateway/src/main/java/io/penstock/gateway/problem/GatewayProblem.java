package io.penstock.gateway.problem;

import java.util.Objects;

/**
 * A request that is not done, for a reason its caller can act on; carries no stack trace because it is an answer.
 *
 * <p><em>Immutable</em>.
 */
public final class GatewayProblem extends RuntimeException {

    private final int status;
    private final String type;
    private final String title;

    /** A problem as some service worded it. */
    public GatewayProblem(int status, String type, String title, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.type = type;
        this.title = title;
    }

    /** A problem of this gateway's own. */
    public static GatewayProblem of(ProblemType type, String detail) {
        return new GatewayProblem(type.status(), type.urn(), type.title(), detail);
    }

    /** A value that cannot be used: "what: value (expected: expectation)". */
    public static GatewayProblem invalid(String what, Object value, String expectation) {
        return of(ProblemType.INVALID_FIELD, what + ": " + value + " (expected: " + expectation + ")");
    }

    public int status() {
        return status;
    }

    public String type() {
        return type;
    }

    public String title() {
        return title;
    }

    public String detail() {
        return Objects.requireNonNullElse(getMessage(), title);
    }

    public boolean is(ProblemType candidate) {
        return type.equals(candidate.urn());
    }
}
