package io.penstock.manager.api.rest;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * The kinds of problem documents: a stable type for programs, a title, a status, and an example of the detail.
 *
 * <p><em>Immutable</em>.
 */
public enum ProblemType {
    MALFORMED_REQUEST(
            HttpStatus.BAD_REQUEST,
            "The request cannot be read",
            "body: unknown property \"prots\" (expected: one of labels, name, ports, sessionId, workload)"),
    UNAUTHENTICATED(
            HttpStatus.UNAUTHORIZED,
            "The bearer token is missing or wrong",
            "Authorization: missing or wrong (expected: \"Bearer <token>\" with the manager's token)"),
    UNKNOWN_PATH(HttpStatus.NOT_FOUND, "Nothing is here", "path: /api/v1/intercept (expected: a path of /v3/api-docs)"),
    UNKNOWN_SESSION(
            HttpStatus.NOT_FOUND,
            "No such session",
            "session: s-12 (expected: a session that POST /api/v1/sessions made and that has not ended)"),
    UNKNOWN_WORKLOAD(
            HttpStatus.NOT_FOUND,
            "No agent fronts the workload",
            "workload: shop/chekout (expected: a workload with an agent: shop/checkout)"),
    UNKNOWN_INTERCEPT(
            HttpStatus.NOT_FOUND, "No such intercept", "intercept: i-12 (expected: an id from GET /api/v1/intercepts)"),
    UNKNOWN_AGENT(HttpStatus.NOT_FOUND, "No such agent", "agent: a-12 (expected: an id from GET /api/v1/agents)"),
    METHOD_NOT_ALLOWED(
            HttpStatus.METHOD_NOT_ALLOWED, "The path has no such method", "method: PUT (expected: GET or POST)"),
    NOT_ACCEPTABLE(
            HttpStatus.NOT_ACCEPTABLE, "The answer has another form", "Accept: text/csv (expected: application/json)"),
    CONFLICT(
            HttpStatus.CONFLICT,
            "Somebody else holds it",
            "shop/checkout port 8080: held by intercept \"checkout\" (i-3f2a) of ann since 2026-11-22T16:40:00Z, for 12 min"
                    + " (expected: free; to take over, end it with `penstock leave checkout` or DELETE"
                    + " /api/v1/intercepts/i-3f2a, and try again)"),
    BODY_TOO_LARGE(
            HttpStatus.CONTENT_TOO_LARGE, "The body is too large", "body: 70000 bytes (expected: at most 65536 bytes)"),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "The body has another form",
            "Content-Type: text/plain (expected: application/json)"),
    INVALID_FIELD(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "A field cannot be used",
            "ports[0].target: 3000 (expected: host:port, port 1 to 65535)"),
    LIMIT_REACHED(HttpStatus.TOO_MANY_REQUESTS, "The manager is full", "intercepts: 1000 (expected: fewer than 1000)"),
    BUSY(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The manager is busy",
            "control loop: no answer within 5000 ms (expected: an answer; try again)"),
    STORE_UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The manager cannot write its state down",
            "state: not written within 1000 ms (expected: that it can be written down; try again later)"),
    DEFECT(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "A defect of the manager",
            "request: failed for a reason that its log says (expected: an answer; please report it)");

    private static final String URN = "urn:penstock:problem:";

    private final HttpStatus status;
    private final String title;
    private final String example;

    ProblemType(HttpStatus status, String title, String example) {
        this.status = status;
        this.title = title;
        this.example = example;
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** A detail as it reads in real life. */
    public String example() {
        return example;
    }

    public URI urn() {
        return URI.create(URN + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    ProblemDetail with(String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(urn());
        problem.setTitle(title);
        return problem;
    }
}
