package io.penstock.agent.admin;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * One answer of the admin port.
 *
 * <p><em>Immutable</em>.
 */
record AdminAnswer(HttpResponseStatus status, String contentType, String body) {

    private static final String JSON = "application/vnd.spring-boot.actuator.v3+json";
    private static final String PROBLEM = "application/problem+json";

    static AdminAnswer json(HttpResponseStatus status, String body) {
        return new AdminAnswer(status, JSON, body);
    }

    static AdminAnswer problem(HttpResponseStatus status, String detail) {
        return new AdminAnswer(
                status,
                PROBLEM,
                "{\"title\":\"" + status.reasonPhrase() + "\",\"status\":" + status.code() + ",\"detail\":\"" + detail
                        + "\"}");
    }
}
